import { describe, expect } from 'vitest';
import { type Connector, day, test } from '../support/connector.js';
import { plainPeople } from '../support/people.js';

/** Lets so many plain employees leave. */
function leave(connector: Connector, count: number): readonly string[] {
  const leavers = plainPeople(connector.company).slice(0, count);
  expect(leavers).toHaveLength(count);
  for (const { id } of leavers) connector.hr.apply({ kind: 'terminate', person: id, on: day(-1) });
  return leavers.map(({ id }) => String(id));
}

describe('limits', () => {
  test('more deactivations than allowed are refused, with the flag that allows them once', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const { summary } = await connector.imported();
    const allowed = Math.floor(summary.create / 10);
    const leavers = leave(connector, allowed + 1);
    connector.takeRequests();
    const before = JSON.stringify(connector.lms.list());
    const dry = await connector.run(['import-all', '--dry-run']);
    expect(dry.code).toBe(5);
    expect(dry.stdout).toContain('REFUSED');

    const { code, stdout, stderr } = await connector.run(['import-all']);
    expect(code).toBe(5);
    expect(stderr).toContain(`--allow deactivate=${allowed + 1}`);
    expect(stderr).toContain(`${allowed + 1} accounts would be deactivated; at most ${allowed} are allowed`);
    expect(stdout).toContain(`--allow deactivate=${allowed + 1}`);
    expect(connector.takeWrites()).toEqual([]);
    expect(JSON.stringify(connector.lms.list())).toBe(before);

    const short = await connector.json(['import-all', '--allow', `deactivate=${allowed}`]);
    expect(short.exit_code).toBe(5);
    expect(short.safety).toEqual({
      verdict: 'refused',
      limits: expect.arrayContaining([{ kind: 'deactivate', planned: allowed + 1, allowed, of: summary.create }]),
    });
    const done = await connector.imported('--allow', `deactivate=${allowed + 1}`);
    expect(done.changes.map(({ employee }) => employee.id).toSorted()).toEqual(leavers.toSorted());
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('as many as allowed are done', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const { summary } = await connector.imported();
    const allowed = Math.floor(summary.create / 10);
    leave(connector, allowed);
    const { safety } = await connector.imported();
    expect(safety.limits).toContainEqual({ kind: 'deactivate', planned: allowed, allowed, of: summary.create });
  });

  test('in a small company shares are not judged, and numbers are', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    await connector.imported();
    leave(connector, 3);
    expect((await connector.imported('--dry-run')).summary.deactivate).toBe(3);
    await connector.configure({ safety: { max_deactivations: 2 } });
    expect((await connector.json(['import-all'])).exit_code).toBe(5);
    await connector.configure({ safety: { max_deactivations: 3 } });
    await connector.imported();
  });

  test.for([
    ['max_creates', 'create', {}],
    ['max_invitations', 'invite', { existing_staff: 'send' }],
  ] as const)('%s holds back a first import', async ([key, kind, invitations], { connect }) => {
    const connector = await connect({ config: { safety: { [key]: 5 }, invitations } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(5);
    const flag = /--allow (\w+=\d+)/.exec(stderr)?.[1] ?? '';
    expect(flag).toMatch(new RegExp(`^${kind}=`));
    expect(connector.takeWrites()).toEqual([]);
    await connector.imported('--allow', flag);
    expect(connector.lms.list().length).toBeGreaterThan(6);
  });

  test('max_updates refuses a department renamed for too many', async ({ connect }) => {
    const connector = await connect({ config: { safety: { max_updates: 1 } } });
    await connector.imported();
    for (const { id } of plainPeople(connector.company).slice(0, 2)) {
      connector.hr.apply({ kind: 'promote', person: id, to: 'Promoted' });
    }
    expect((await connector.run(['import-all'])).code).toBe(5);
    await connector.imported('--allow', 'update=2');
  });

  test('deletions have a limit of their own', async ({ connect }) => {
    const connector = await connect({ config: { deactivation: { action: 'delete' }, safety: { max_deletions: 1 } } });
    await connector.imported();
    leave(connector, 2);
    const { code, stderr } = await connector.run(['import-all', '--allow', 'deactivate=2']);
    expect(code).toBe(5);
    expect(stderr).toContain('--allow delete=2');
  });

  test('a field emptied for nearly everybody is refused, and the same emptied for some is done', async ({
    connect,
  }) => {
    const connector = await connect({ people: 60 });
    await connector.imported();
    const titled = plainPeople(connector.company).filter(({ position }) => position !== null && position !== '');
    const clear = (people: readonly { readonly id: number }[]) => {
      for (const { id } of people) connector.hr.apply({ kind: 'clear', person: id, field: 'position' });
    };
    clear(titled.slice(0, 3));
    expect((await connector.imported()).summary.update).toBe(3);
    connector.takeRequests();
    clear(titled.slice(3));
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(5);
    expect(stderr).toMatch(/job_title would be emptied in \d+ accounts.*at most \d+ are allowed/);
    expect(connector.takeWrites()).toEqual([]);
    const { safety } = await connector.json(['import-all', '--dry-run']);
    expect(safety.limits).toContainEqual(expect.objectContaining({ kind: 'clear', field: 'job_title' }));
    const flag = /--allow (clear=\d+)/.exec(stderr)?.[1] ?? '';
    const { summary } = await connector.imported('--allow', flag);
    expect(flag).toBe(`clear=${summary.update}`);
  });

  test('with on_refusal: skip_kind, a field that would be emptied holds back these updates only', async ({
    connect,
  }) => {
    const connector = await connect({ people: 60, config: { safety: { on_refusal: 'skip_kind', max_clears: 2 } } });
    await connector.imported();
    const [promoted, ...others] = plainPeople(connector.company);
    if (promoted === undefined) throw new Error('the company is too small');
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Promoted' });
    for (const { id } of others.slice(0, 3)) connector.hr.apply({ kind: 'clear', person: id, field: 'position' });
    const { exit_code, changes } = await connector.json(['import-all']);
    expect(exit_code).toBe(5);
    const done = changes.filter(({ outcome }) => outcome === 'done');
    expect(done.map(({ employee }) => employee.id)).toEqual([String(promoted.id)]);
    expect(changes.filter(({ outcome }) => outcome === 'deferred')).toHaveLength(3);
  });
});
