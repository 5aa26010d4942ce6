import { describe, expect } from 'vitest';
import type { ConfigChanges } from '../support/config.js';
import { test } from '../support/connector.js';
import { hire, plainPerson, unitName } from '../support/people.js';

// Whatever the hour, it is never the same day in both.
const EARLY = 'Etc/GMT-14';
const LATE = 'Etc/GMT+12';

const zoned = (places: Readonly<Record<string, string>>, timezone: string): ConfigChanges => {
  return { document: { timezone, timezone_from: 'work_location', timezones: places } };
};
const dayIn = (offset: number) => new Date(Date.now() + offset * 3_600_000).toISOString().slice(0, 10);

describe('people in several zones', () => {
  test('leave when their last day has passed where they work, and no run calls that overdue', async ({ connect }) => {
    const connector = await connect({ config: { document: { timezone: EARLY } } });
    await connector.imported();
    const leaver = plainPerson(connector.company);
    const place = unitName(connector.company.offices, leaver.officeId);
    leaver.terminationDate = dayIn(-12);
    await connector.configure(zoned({ [place]: LATE }, EARLY));
    expect((await connector.imported()).summary).toMatchObject({ deactivate: 0 });
    const status = JSON.parse((await connector.run(['status', '--json'])).stdout);
    expect(status.endings_overdue).toEqual([]);
    await connector.configure(zoned({ [place]: EARLY }, LATE));
    expect((await connector.imported()).summary).toMatchObject({ deactivate: 1 });
  });

  test('are invited when their first day has come where they work', async ({ connect }) => {
    const connector = await connect({ config: { document: { timezone: LATE } } });
    await connector.imported();
    const newcomer = hire(connector, 'Nora', dayIn(14));
    const place = unitName(connector.company.offices, newcomer.officeId);
    await connector.configure(zoned({ [place]: LATE }, EARLY));
    expect((await connector.imported()).summary).toMatchObject({ create: 0 });
    await connector.configure(zoned({ [place]: EARLY }, LATE));
    expect((await connector.imported()).summary).toMatchObject({ create: 1, invite: 1 });
  });

  test('are told of where a place has no zone', async ({ connect }) => {
    const connector = await connect({ config: zoned({ Atlantis: LATE }, EARLY) });
    const { notices } = await connector.imported();
    expect(notices.join('\n')).toMatch(/timezones lists no zone for work_location "[^"]+" \(\d+ people\)/);
  });

  test('need both keys in the config', async ({ connect }) => {
    const connector = await connect({ config: { document: { timezone_from: 'work_location' } } });
    const { code, stderr } = await connector.run(['check', '--offline']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('timezone_from: needs timezones')]);
  });
});

describe('a run', () => {
  test('keeps by which config it went, and tells where that has changed', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    await connector.imported();
    await connector.configure({ invitations: { days_before: 3 } });
    await connector.imported();
    const shown = async (run: number) => JSON.parse((await connector.run(['runs', String(run), '--json'])).stdout).run;
    const [first, second, third] = [await shown(1), await shown(2), await shown(3)];
    expect(first.config).toMatch(/^\S{22}$/);
    expect([second.config, second.config_changed_since]).toEqual([first.config, null]);
    expect(third.config).not.toBe(first.config);
    expect(third.config_changed_since).toBe(2);
    expect((await connector.run(['runs', '3'])).stdout).toContain('The config has changed since run 2.');
    expect((await connector.run(['runs', '2'])).stdout).not.toContain('The config has changed');
  });
});
