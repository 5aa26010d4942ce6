import { readdir, readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import * as z from 'zod';
import type { ConfigChanges } from '../support/config.js';
import { type Connector, test } from '../support/connector.js';
import { CSV_COLUMNS, configureCsv } from '../support/csv.js';

const documentSchema = z.object({
  format: z.literal(1),
  exit_code: z.number(),
  adapted: z.array(z.string()),
  first_import: z.object({ exit_code: z.number(), accounts: z.number() }),
  faults: z.array(
    z.object({
      id: z.string(),
      verdict: z.string(),
      exit_code: z.number().nullable(),
      sent: z.number(),
      endings: z.number(),
      healed: z.boolean(),
      killed: z.boolean(),
      why: z.array(z.string()),
    }),
  ),
});

/** Runs a drill in a process of its own: it starts the command once more. */
async function drilled(connector: Connector, ...faults: readonly string[]) {
  const only = faults.flatMap((fault) => ['--only', fault]);
  const { code, stdout, stderr } = await connector.start(['drill', '--json', ...only]).ended;
  expect(stdout, stderr).toMatch(/^\{/);
  const document = documentSchema.parse(JSON.parse(stdout));
  expect(document.exit_code).toBe(code);
  const byId = new Map(document.faults.map((fault) => [fault.id, fault]));
  return { code, stderr, document, fault: (id: string) => byId.get(id) };
}

const FAR_AWAY: ConfigChanges = {
  source: { base_url: 'https://api.personio.example', client_id: 'real' },
  target: { base_url: 'https://acme.learnamp.example', client_id: 'real' },
};

describe('a drill', () => {
  test('plays faults against stand-ins, as promised, and asks the real systems nothing', async ({ connect }) => {
    const connector = await connect({ config: FAR_AWAY });
    const { code, document, fault } = await drilled(connector, 'usual', 'hr_short', 'all_inactive', 'killed');
    expect(document.faults.filter(({ verdict }) => verdict !== 'as_promised')).toEqual([]);
    expect(code).toBe(0);
    expect(fault('usual')).toMatchObject({ exit_code: 0, endings: 1, healed: true });
    expect(fault('hr_short')).toMatchObject({ exit_code: 6, sent: 0 });
    expect(fault('all_inactive')).toMatchObject({ exit_code: 5, endings: 0 });
    expect(fault('killed')).toMatchObject({ exit_code: null, killed: true, healed: true });
    expect(connector.takeRequests()).toEqual([]);
    expect(await readdir(connector.folder)).toEqual(['hrsync.yaml']);
  });

  test('finds limits that let one run end everybody', async ({ connect }) => {
    const connector = await connect({ config: { ...FAR_AWAY, safety: { max_deactivations: '100%' } } });
    const { code, stderr, fault } = await drilled(connector, 'all_inactive');
    expect(code).toBe(1);
    expect(fault('all_inactive')).toMatchObject({ verdict: 'not_as_promised' });
    expect(stderr).toContain('all_inactive did not behave as promised');
  });

  test('leaves out or replaces what the stand-ins cannot know, and says so', async ({ connect }) => {
    const mapping = { email: 'dynamic_999', custom_fields: { Level: 'dynamic_777', Grade: 'job_title' } };
    const employees = { filter: [{ field: 'legal_entity', in: ['Acme Nowhere'] }] };
    const connector = await connect({ config: { ...FAR_AWAY, mapping, employees } });
    const before = await readFile(connector.configFile, 'utf8');
    const { code, document } = await drilled(connector, 'usual');
    expect(code).toBe(0);
    expect(document.adapted.join('\n')).toMatch(/mapping\.email is rehearsed with "work_email": .*dynamic_999/);
    expect(document.adapted.join('\n')).toMatch(/mapping\.custom_fields\.Level is left out: .*dynamic_777/);
    expect(document.adapted.join('\n')).toMatch(/employees\.filter: it keeps out \d+ of \d+ made-up people/);
    expect(document.adapted).toContain('the stand-in was given the custom field Grade');
    expect(await readFile(connector.configFile, 'utf8')).toBe(before);
  });

  test('writes the file of an HR system that is one, and leaves out what cannot happen to it', async ({ connect }) => {
    const connector = await connect();
    const own = {
      dates: ['dd.MM.yyyy'],
      manager_by: 'email',
      status: { map: { arbeitet: 'active', weg: 'inactive' } },
    };
    await configureCsv(connector, { source: { columns: CSV_COLUMNS, path: './inbox/people_*.csv', ...own } });
    const { code, document, fault } = await drilled(connector, 'usual', 'hr_short', 'hr_timeout');
    expect(code).toBe(0);
    expect(document.first_import.accounts).toBeGreaterThan(30);
    expect(fault('hr_short')).toMatchObject({ exit_code: 6, verdict: 'as_promised' });
    expect(fault('hr_timeout')).toMatchObject({ verdict: 'left_out' });
  });

  test('refuses a fault that there is not', async ({ connect }) => {
    const connector = await connect();
    const { code, stderr } = await connector.run(['drill', '--only', 'flood']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no fault flood; faults are usual, hr_short')]);
  });
});
