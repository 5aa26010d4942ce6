import { describe, expect, it } from 'vitest';
import { findAlike } from '../../../src/report/alike.js';
import { createReporter } from '../../../src/report/create-reporter.js';
import type { ReportedChange, RunResult } from '../../../src/report/reporter.js';
import { change, fullRun, memoryOptions, person, runResult } from './acme.js';

async function play(run: RunResult, partial: Partial<ReturnType<typeof memoryOptions>> = {}) {
  const options = { ...memoryOptions('lines'), ...partial };
  const reporter = createReporter(options);
  reporter.started(run);
  await reporter.planned(run);
  await reporter.finished(run);
  return options.stdout.text;
}

const renamed = (count: number, from = 1): readonly ReportedChange[] =>
  Array.from({ length: count }, (_, index) =>
    change({
      employee: person(String(from + index), `Person ${from + index}`),
      fields: { primary_team: { before: 'Production', after: 'Production & Partners' } },
      because: 'primary_team changed',
    }),
  );

describe('the plan as text', () => {
  it('puts endings and mails first, then single updates, groups of equal ones, and new accounts', async () => {
    const { changes } = fullRun();
    const all: ReportedChange[] = [...renamed(46)];
    for await (const one of changes()) all.push(one);
    const out = await play(runResult({ changes: all }));
    const places = ['Deactivate 1', 'Invite 1', 'Adopt 1', 'Update 48', '~ Max Müller', '46 people: ', 'Create 1'].map(
      (words) => out.indexOf(words),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it('tells equal changes once, with the first people concerned', async () => {
    const out = await play(runResult({ changes: renamed(46) }));
    expect(out).toContain('\n  46 people: Primary team: Production → Production & Partners\n');
    expect(out).toContain('\n      Person 1, Person 2, Person 3 and 43 more\n');
    expect(out).not.toContain('~ ');
    const two = await play(runResult({ changes: renamed(2) }));
    expect(two).not.toContain('people:');
    expect(two).toContain('~ Person 2');
  });

  it('lists everybody of a group with --verbose', async () => {
    const out = await play(runResult({ changes: renamed(46) }), { verbose: true });
    expect(out).toContain('46 people: ');
    expect(out).toContain('~ Person 46 <46@acme.example> #46\n      primary_team   Production → Production & Partners');
  });

  it('lists ten of a kind and ten groups, and says how many more there are', async () => {
    const groups = Array.from({ length: 12 }, (_, index) =>
      renamed(3 + index, 100 * (index + 1)).map((one) => ({
        ...one,
        fields: { primary_team: { before: 'Production', after: `Team ${index}` } },
      })),
    ).flat();
    const created = Array.from({ length: 360 }, (_, index) =>
      change({ kind: 'create', employee: person(`n${index}`, `New ${index}`), account: null, because: 'new' }),
    );
    const out = await play(runResult({ changes: [...groups, ...created] }));
    expect(out).toContain('… 350 more (--verbose, --html)');
    expect(out.match(/ people: /g)).toHaveLength(10);
    expect(out).toContain('… 2 more groups of 7 people (--verbose, --html)');
    expect(out.split('\n').length).toBeLessThan(70);
  });

  it('names --html only for commands that have it', async () => {
    const out = await play(runResult({ changes: renamed(13).map(alone) }, { command: 'invite' }));
    expect(out).toContain('… 3 more (--verbose)');
  });

  it('ends with its counts on one line, whatever comes before', async () => {
    const lines = (await play(fullRun())).trimEnd().split('\n');
    expect(lines.at(-1)).toBe(
      'Plan      1 to create · 1 to adopt · 2 to update · 1 to deactivate · 1 invitation · 386 unchanged · 2 scheduled · 3 skipped',
    );
    expect(lines.filter((line) => line.includes('unchanged'))).toHaveLength(1);
  });

  it('marks administrators, and tells their changes one by one', async () => {
    const rights = { privileged: true, employee: person('9', 'Olga Owner') };
    const gone = change({ ...rights, kind: 'deactivate', fields: {}, because: 'last day was 2026-11-23' });
    const out = await play(runResult({ changes: [gone, change(), change(), change(), change(rights)] }));
    expect(out).toContain('  - Olga Owner <9@acme.example> #9 (administrator)   last day was 2026-11-23\n');
    expect(out).toContain('  ~ Olga Owner <9@acme.example> #9 (administrator)\n');
    expect(out).toContain('  3 people: Job title: ');
  });

  it('calls managers by their names in reasons, too, and sets thousands apart', async () => {
    const fields = { manager: { before: '1001', after: null } };
    const lost = change({ fields, because: 'the account of manager #1001 ends' });
    const many = runResult({ changes: [lost] }, { namesOf: async () => new Map([['1001', 'Ada Lovelace']]) });
    const out = await play({ ...many, summary: { ...many.summary, unchanged: 18_000 } });
    expect(out).toContain('the account of manager Ada Lovelace #1001 ends');
    expect(out).toMatch(/18,000 unchanged\n$/);
  });

  it('calls managers by their names, and by their ids where they bear one name or none is known', async () => {
    const names = new Map([
      ['1', 'Max Müller'],
      ['2', 'Grace Hopper'],
      ['3', 'Max Müller'],
    ]);
    const moves = [
      ['1', '2'],
      ['2', '9'],
      ['1', '3'],
    ] as const;
    const changes = moves.map(([before, after], index) =>
      change({ employee: person(String(index), `Report ${index}`), fields: { manager: { before, after } } }),
    );
    const out = await play(runResult({ changes }, { namesOf: async () => names }));
    expect(out).toMatch(/manager +Max Müller → Grace Hopper\n/);
    expect(out).toMatch(/manager +Grace Hopper → #9\n/);
    expect(out).toMatch(/manager +#1 → #3\n/);
  });
});

describe('equal updates', () => {
  const alike = (changes: readonly ReportedChange[]) =>
    findAlike(async function* () {
      yield* changes;
    });

  it('are counted exactly among a hundred thousand different ones', async () => {
    const noise = Array.from({ length: 100_000 }, (_, index) => alone(renamed(1, index)[0] ?? change(), index));
    const equal = renamed(500, 200_000);
    const mixed = noise.flatMap((one, index) => {
      const every = equal[index / 200];
      return every === undefined ? [one] : [one, every];
    });
    const { groups, isGrouped } = await alike(mixed);
    expect(groups.map(({ total }) => total)).toEqual([500]);
    expect(isGrouped(equal[7] ?? change())).toBe(true);
    expect(isGrouped(noise[7] ?? change())).toBe(false);
  });

  it('are no group where one of them mails somebody or has another reason', async () => {
    const [one, ...rest] = renamed(3);
    const mailed = { ...(one ?? change()), invites: true };
    expect((await alike([mailed, ...rest])).groups).toEqual([]);
    expect((await alike([{ ...mailed, invites: false, because: 'comes back' }, ...rest])).groups).toEqual([]);
  });
});

function alone(one: ReportedChange, index: number): ReportedChange {
  return { ...one, fields: { job_title: { before: null, after: `Title ${index}` } } };
}
