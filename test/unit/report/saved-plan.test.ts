import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '../../../src/core/approved.js';
import { writePrivately } from '../../../src/report/private-file.js';
import { openSavedPlan } from '../../../src/report/saved-plan/read.js';
import { savedPlanFile } from '../../../src/report/saved-plan/write.js';
import { hostileText } from '../../support/hostile.js';
import { change, fullRun, person, runResult } from './acme.js';

const ORIGIN = {
  connector: { name: 'acme', source: 'personio acme', target: 'learnamp acme' },
  only: [],
  basis: { config: 'c', mapping: 'm', last_run: 16 },
};

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hrsync-test-'));
  path = join(folder, 'plan.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function save(result = fullRun()) {
  const file = savedPlanFile(path, ORIGIN);
  await writePrivately(path, file.render(result));
  const saved = file.written?.().savedPlan;
  if (saved === undefined) throw new Error('nothing was saved');
  return saved;
}

async function reread() {
  const plan = await openSavedPlan(path);
  const changes = [];
  for await (const each of plan.changes()) changes.push(each);
  return { ...plan, list: changes };
}

describe('a saved plan', () => {
  it('is one JSON document, and comes back with its digest, its term and every change', async () => {
    const saved = await save();
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ format: 1, changes: { length: 5 } });
    const { digest, head, list } = await reread();
    expect(digest).toBe(saved.digest);
    expect(head).toMatchObject({ ...ORIGIN, day: '2026-11-24', made_at: '2026-11-24T02:00:00.000Z' });
    expect(head.expires_at).toBe('2026-12-01T02:00:00.000Z');
    expect(head.counts).toEqual({
      ...{
        create: 1,
        update: 2,
        deactivate: 1,
        reactivate: 0,
        delete: 0,
        adopt: 1,
        invite: 1,
        clear: 0,
        email: 0,
        privileged: 0,
        left_out: 0,
      },
    });
    expect(list.map(({ kind }) => kind)).toEqual(['update', 'create', 'update', 'deactivate', 'adopt']);
  });

  it('without changes is one, too; what waits is no part of it', async () => {
    await save(runResult());
    expect((await reread()).list).toEqual([]);
    await save(runResult({ changes: [change({ outcome: 'deferred' })] }));
    expect((await reread()).list).toEqual([]);
  });

  it('keeps every change as it was, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (one, other) => {
        const odd = change({
          employee: person(one, other, one),
          account: other,
          fields: { [`f${one}`]: { before: [one, other], after: other } },
        });
        await save(runResult({ changes: [odd] }));
        const [back] = (await reread()).list;
        const same = (text: string) => text;
        expect(back && identityOf(back, same)).toBe(identityOf(odd, same));
      }),
      { numRuns: 20 },
    );
  });

  it('that differs in a single character is refused', async () => {
    await save();
    const text = await readFile(path, 'utf8');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 2), fc.constantFrom('x', '0', ' ', '\n', '{', '"'), async (at, letter) => {
        fc.pre(text[at] !== letter);
        await writeFile(path, text.slice(0, at) + letter + text.slice(at + 1));
        await expect(openSavedPlan(path)).rejects.toThrow(/edited|not_a_plan|newer/);
      }),
      { numRuns: 40 },
    );
  });

  it.for([
    ['cut short', (text: string) => text.slice(0, -200), 'edited'],
    ['without a change', (text: string) => text.replace(/\n\{"kind":"update".*?\n/, '\n'), 'edited'],
    ['with more behind it', (text: string) => `${text}{"kind":"delete"}\n`, 'edited'],
    ['empty', () => '', 'not_a_plan'],
    ['another document', () => '{"format":1,"changes":[]}', 'not_a_plan'],
    ['of a newer hrsync', (text: string) => text.replace('{"format":1,', '{"format":2,'), 'newer'],
  ] as const)('%s is refused', async ([, edit, problem]) => {
    await save();
    await writeFile(path, edit(await readFile(path, 'utf8')));
    await expect(openSavedPlan(path)).rejects.toThrow(problem);
  });

  it('that is not there is a usage error', async () => {
    await expect(openSavedPlan(path)).rejects.toMatchObject({ problem: { kind: 'unreadable', detail: 'ENOENT' } });
  });
});
