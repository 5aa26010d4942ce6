import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { runDocument } from '../support/document.js';
import { TARGETS, UNPACED } from '../support/pairs.js';
import { rowsOfPart } from '../support/part.js';

/** What somebody who follows the comments of the new config puts into the environment. */
function keysOf({ sandbox }: Connector): Readonly<Record<string, string>> {
  const { personio, kombo, bamboohr, learnamp, learnupon, '360learning': learning, scim, moodle } = sandbox;
  return {
    ...{ PERSONIO_CLIENT_ID: personio.clientId, PERSONIO_CLIENT_SECRET: personio.clientSecret },
    ...{ KOMBO_API_KEY: kombo.apiKey, KOMBO_INTEGRATION_ID: kombo.integrationId },
    ...{ BAMBOOHR_COMPANY: bamboohr.access['company'] ?? '', BAMBOOHR_API_KEY: bamboohr.access['api_key'] ?? '' },
    ...{ LEARNAMP_CLIENT_ID: learnamp.clientId, LEARNAMP_CLIENT_SECRET: learnamp.clientSecret },
    ...{ LEARNING360_CLIENT_ID: learning.clientId, LEARNING360_CLIENT_SECRET: learning.clientSecret },
    LEARNING360_GROUP: learning.platform.root.id,
    ...{ LEARNUPON_BASE_URL: learnupon.url, LEARNUPON_USERNAME: learnupon.username },
    LEARNUPON_PASSWORD: learnupon.password,
    SCIM_TOKEN: scim.settings.values.token,
    ...{ MOODLE_BASE_URL: moodle.url, MOODLE_TOKEN: moodle.token },
  };
}

const PAIRS = (['personio', 'kombo', 'bamboohr'] as const).flatMap((source) =>
  TARGETS.map((target) => [source, target] as const),
);

describe('a new config', () => {
  test.for(rowsOfPart(PAIRS))(
    'for %s and %s passes check as it was written, and plans everybody',
    async ([source, target], { connect }) => {
      const connector = await connect({ people: 25, sandbox: { ...UNPACED, personio: UNPACED.personio ?? {} } });
      const { sandbox } = connector;
      const keys = keysOf(connector);
      const addresses = [`source.base_url=${sandbox[source].url}`, `target.base_url=${sandbox[target].url}`];
      const paces = ['source.requests_per_second=1000', 'target.requests_per_second=1000'];
      const args = ['init', '--source', source, '--target', target, '--name', 'acme', '--timezone', 'Etc/UTC'];
      // Which of several credentials a portal wants is for a person to say.
      const credential = target === 'scim' ? [`target.token=\${SCIM_TOKEN}`] : [];
      const set = [...addresses, ...paces, ...credential].flatMap((pair) => ['--set', pair]);
      const made = await connector.run([...args, ...set, '--out', 'new.yaml', '--check'], keys);
      expect(made.code, made.stderr).toBe(0);
      const checked = await connector.run(['check', '-c', 'new.yaml'], keys);
      expect(checked.code, checked.stdout).toBe(0);
      const dry = await connector.run(['import-all', '--dry-run', '--json', '-c', 'new.yaml'], keys);
      expect(runDocument(dry.stdout).summary.create, dry.stderr).toBeGreaterThan(15);
    },
  );
});
