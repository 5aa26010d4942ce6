import type { Sandbox } from '../../../src/sandbox/index.js';
import { recordsIn, textIn } from '../../../src/sandbox/scim/resource.js';
import { SOURCES, UNPACED, unpacedConfig } from '../../support/pairs.js';
import type { Open, Stage } from './situation.js';

const GROUPS = '  concurrency: 1\n  groups: own\n  owned_groups: ["*"]\n';

/** Opens a stage with a SCIM portal whose groups are departments, one person at a time. */
export const onScim: Open<Stage> = async (connect, company, intercept) => {
  const connector = await connect({ sandbox: { ...UNPACED, company, intercept } });
  const config = unpacedConfig(connector.sandbox, SOURCES[0], 'scim', GROUPS)
    .replace(/^mapping:\n/m, 'mapping:\n  groups: { from: department, type: multi_choice }\n')
    .replace('name: sandbox', 'name: acme')
    .concat('\nsafety:\n  min_population: 50\n');
  await connector.configure(config);
  const { directory, requests } = connector.sandbox.scim;
  return {
    connector,
    save() {
      const saved = directory.save();
      return () => directory.restore(saved);
    },
    portrait: () => portraitOf(connector.sandbox),
    takeRequests() {
      const taken = requests.list();
      requests.clear();
      return taken;
    },
  };
};

/** Everything that the portal holds, without the ids and times that no two runs share. */
function portraitOf({ scim: { directory } }: Sandbox): object {
  const nameOf = (id: unknown) => {
    const user = directory.users.get(String(id));
    return user === undefined ? `no user ${id}` : textIn(user.values, 'userName');
  };
  const users = [...directory.users.values()].map(({ values, canSignIn, version }) => ({
    values: JSON.parse(JSON.stringify(values), (key, value: unknown) =>
      key === 'manager' ? nameOf(textIn(value, 'value')) : value,
    ),
    canSignIn,
    // Whom no employee stands for must not be written at all.
    untouched: values['externalId'] === undefined ? version : null,
  }));
  const groups = [...directory.groups.values()].map(({ values }) => ({
    name: values['displayName'],
    members: recordsIn(values['members'])
      .map(({ value }) => nameOf(value))
      .toSorted(),
  }));
  const byText = (one: object, other: object) => JSON.stringify(one).localeCompare(JSON.stringify(other));
  return {
    users: users.toSorted(byText),
    groups: groups.toSorted(byText),
    mails: directory.mails.map(({ to, kind }) => `${kind} to ${to}`).sort(),
  };
}
