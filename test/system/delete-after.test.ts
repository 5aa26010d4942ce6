import { copyFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { importAt } from '../support/clock.js';
import type { ConfigChanges } from '../support/config.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { plainPeople } from '../support/people.js';

const NIGHT = { safety: { max_deactivations: 40 }, deactivation: { delete_after: '10d' } } as const;

/** A night so many days from now. */
const night = (connector: Connector, offset: number) => importAt(connector, () => new Date(`${day(offset)}T02:00:00Z`));

/** The employee ids whose account a run deletes. */
async function deletedBy(document: Promise<Awaited<ReturnType<typeof importAt>>>): Promise<readonly string[]> {
  const { changes } = await document;
  return changes.filter(({ kind }) => kind === 'delete').map(({ employee }) => employee.id);
}

/** A company in which these many people leave the day before tomorrow's night, which ends their accounts. */
async function withLeavers(connect: Connect, count: number, config: ConfigChanges = NIGHT) {
  const connector = await connect({ people: 60, config });
  await night(connector, 0);
  const leavers = plainPeople(connector.company).slice(0, count);
  for (const { id } of leavers) {
    connector.hr.apply({ kind: 'terminate', person: id, on: day(0) });
    connector.hr.apply({ kind: 'set_status', person: id, status: 'inactive' });
  }
  await night(connector, 1);
  for (const one of leavers) expect(connector.account(one).status).toBe('deactivated');
  return { connector, leavers, ids: leavers.map(({ id }) => String(id)) };
}

describe('deactivation.delete_after', () => {
  test('deletes so many days after the ending, tells why, and nobody else', async ({ connect }) => {
    const { connector, leavers, ids } = await withLeavers(connect, 6);
    const [gone, kept, admin, other, returning, reopened] = leavers;
    if (!gone || !kept || !admin || !other || !returning || !reopened) throw new Error('six people were to leave');
    await connector.configure({ ...NIGHT, document: { protect: [kept.email] } });
    connector.lms.change(connector.account(admin), { role: 'admin' });
    await night(connector, 6);
    // Opened by hand, which hrsync sees; HR has somebody back, whom a broken record keeps from being served.
    connector.lms.change(connector.account(reopened), { status: 'confirmed' });
    connector.hr.apply({ kind: 'withdraw_termination', person: returning.id });
    connector.hr.apply({ kind: 'set_status', person: returning.id, status: 'active' });
    connector.hr.apply({ kind: 'change_email', person: returning.id, to: null });
    expect(await deletedBy(night(connector, 10))).toEqual([]);
    const last = await night(connector, 12);
    const deletions = last.changes.filter(({ kind }) => kind === 'delete');
    expect(deletions.map(({ employee }) => employee.id)).toEqual([ids[0], ids[3]]);
    expect(deletions[0]).toMatchObject({
      because: `deactivated on ${day(1)}, at least 10 days ago (deactivation.delete_after)`,
      outcome: 'done',
    });
    expect(last.safety.limits).toContainEqual(expect.objectContaining({ kind: 'delete', planned: 2 }));
    const reasons = new Map(last.skipped.map(({ employee, reason }) => [employee.id, reason]));
    expect([reasons.get(ids[1] ?? ''), reasons.get(ids[2] ?? '')]).toEqual(['protected', 'privileged_account']);
    expect(last.notices.join()).toContain(`opened in Learn Amp by hand after hrsync closed it: #${reopened.id}`);
    expect(connector.lms.findByExternalId(String(gone.id))).toBeNull();
    for (const one of [kept, admin, returning]) expect(connector.account(one).status).toBe('deactivated');
    expect(await deletedBy(night(connector, 13))).toEqual([]);
  });

  test('is announced by status and explain, and is silent where it is never', async ({ connect }) => {
    const { connector, leavers, ids } = await withLeavers(connect, 2);
    const status = await connector.run(['status']);
    expect(status.stdout).toMatch(new RegExp(`Deletions +2 closed accounts, the first from ${day(11)} on`));
    expect(status.stdout).toMatch(new RegExp(`To be deleted\\n.*\\n${day(11)} +#${ids[0]} +${leavers[0]?.firstName}`));
    const person = await connector.run(['explain', ids[0] ?? '']);
    expect(person.stdout).toMatch(new RegExp(`Calendar +delete from ${day(11)} on, unless HR shows the person again`));
    await connector.configure({ safety: NIGHT.safety });
    expect((await connector.run(['status'])).stdout).not.toMatch(/[Dd]elet/);
    expect((await connector.run(['explain', ids[0] ?? ''])).stdout).not.toContain('delete from');
  });

  test('is never by default', async ({ connect }) => {
    const { connector } = await withLeavers(connect, 1, { safety: NIGHT.safety });
    for (const offset of [8, 15, 22]) expect(await deletedBy(night(connector, offset))).toEqual([]);
  });

  test('refuses only the deletions when the time of too many is up at once', async ({ connect }) => {
    const { connector, ids } = await withLeavers(connect, 12);
    await night(connector, 7);
    const ahead = await connector.json(['import-all', '--dry-run', '--as-of', day(12)]);
    expect(ahead.changes.filter(({ kind }) => kind === 'delete').map(({ employee }) => employee.id)).toEqual(ids);
    const [leaver] = plainPeople(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver?.id ?? 0, on: day(11) });
    const refused = await night(connector, 12);
    expect(refused.exit_code).toBe(5);
    expect(refused.changes.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['deactivate', 'done'],
      ...ids.map(() => ['delete', 'deferred']),
    ]);
    expect(refused.safety.limits).toContainEqual(
      expect.objectContaining({ kind: 'delete', planned: 12, cause: expect.stringContaining('delete_after') }),
    );
  });

  test('does not count days that a restored backup knows nothing of, nor those of a clock that jumps', async ({
    connect,
  }) => {
    const { connector, ids } = await withLeavers(connect, 1);
    const backup = `${connector.folder}/backup.db`;
    await copyFile(connector.stateFile, backup);
    await night(connector, 7);
    await copyFile(backup, connector.stateFile);
    const restored = await night(connector, 14);
    expect(restored.changes).toEqual([]);
    expect(restored.notices.join()).toMatch(
      /1 account would be due for deletion by the journal, but no run was recorded/,
    );
    expect(await deletedBy(night(connector, 20))).toEqual([]);
    expect(await deletedBy(night(connector, 25))).toEqual(ids);
  });
});
