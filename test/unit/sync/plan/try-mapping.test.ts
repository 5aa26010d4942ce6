import { expect, it } from 'vitest';
import type { Employee } from '../../../../src/core/employee.js';
import { compileMapping, type MappingRule } from '../../../../src/core/mapping.js';
import type { Policy } from '../../../../src/core/policy.js';
import type { Value } from '../../../../src/core/value.js';
import type { ReadFacts, SourcePage } from '../../../../src/sources/source.js';
import { tryMapping } from '../../../../src/sync/plan/try-mapping.js';
import { employee, NO_LIMITS, TODAY } from '../../core/made-up.js';

const RULES: readonly MappingRule[] = [
  { field: 'email', from: ['work_email'], whenEmpty: 'clear', write: 'always' },
  { field: 'first_name', from: ['first_name'], whenEmpty: 'clear', write: 'always' },
];
const MAPPING = compileMapping(RULES, [
  { name: 'email', type: 'email', required: true, choices: null },
  { name: 'first_name', type: 'text', required: true, choices: null },
]);
const POLICY: Policy = {
  today: TODAY,
  localDays: null,
  scope: { filter: [{ field: 'legal_entity', in: ['Acme GmbH'] }], appliesToInactive: false },
  match: ['external_id', 'email'],
  matchNames: 'agree',
  protect: [],
  invitations: { send: 'on_hire_date', daysBefore: 0, existingStaff: 'skip', maxPerRun: 500, createEarly: false },
  deactivation: {
    when: ['inactive'],
    missing: null,
    outOfScope: 'keep',
    action: 'deactivate',
    deleteAfter: null,
    protect: [],
  },
  read: { minEmployees: { percent: 80 }, minKnown: { percent: 50 }, minPopulation: 20, canaries: [] },
  safety: NO_LIMITS,
  rollout: { create: true, update: true, deactivate: true, invite: true },
  failures: { tell: null, stop: null },
  drift: { repair: 'never', fields: 'all' },
};

/** So many people with a record each, the usual one but for what is given. */
function people(count: number, record: Readonly<Record<string, Value>> = {}): Employee[] {
  const usual = { status: 'active', legal_entity: 'Acme GmbH', work_email: 'mia@acme.example', first_name: 'Mia' };
  return Array.from({ length: count }, (_, index) => employee({ ...usual, ...record }, String(index)));
}

/** Tries the mapping on people whom a source shows in pages of 50, and tells how many pages were asked for. */
async function tried(...everybody: readonly Employee[]) {
  let pages = 0;
  async function* read(): AsyncGenerator<SourcePage, ReadFacts> {
    for (let at = 0; at < everybody.length; at += 50) {
      pages += 1;
      const records = everybody.slice(at, at + 50).map((one) => ({ employee: one }));
      yield { records, total: everybody.length };
    }
    return { pages, totalAtStart: null, totalAtEnd: null, presentFields: new Set(), notices: [] };
  }
  const trial = await tryMapping({ source: { read }, target: {}, mapping: MAPPING, policy: POLICY, neededFields: [] });
  const failing = trial.failing.map(({ line, people: count }) => `${line.join('.')} ${count}`);
  return { ...trial, failing, pages };
}

const NAMELESS = { first_name: null };

it.each([
  [2, 3, []],
  [3, 3, []],
  [4, 3, ['mapping.first_name 4']],
  [2, 0, []],
  [3, 0, ['mapping.first_name 3']],
])('a line that fails for %i people and works for %i is named: %j', async (failing, working, named) => {
  const trial = await tried(...people(failing, NAMELESS), ...people(working));
  expect(trial).toMatchObject({ tried: failing + working, wanted: working, skipped: failing, failing: named });
});

it('of a line that fails, an example is given', async () => {
  async function* read(): AsyncGenerator<SourcePage, ReadFacts> {
    yield { records: people(3, NAMELESS).map((one) => ({ employee: one })), total: 3 };
    return { pages: 1, totalAtStart: 3, totalAtEnd: 3, presentFields: new Set(), notices: [] };
  }
  const trial = await tryMapping({ source: { read }, target: {}, mapping: MAPPING, policy: POLICY, neededFields: [] });
  expect(trial.failing).toMatchObject([{ example: { employee: { id: '0' }, reason: 'missing_required' } }]);
});

it('people out of scope and leavers say nothing of a line', async () => {
  const outside = people(50, { ...NAMELESS, legal_entity: 'Acme Ltd' });
  const left = people(50, { ...NAMELESS, status: 'inactive' });
  const trial = await tried(...outside, ...left, ...people(4, NAMELESS), ...people(3));
  expect(trial).toMatchObject({ tried: 57, outside: 50, wanted: 3, skipped: 4, failing: ['mapping.first_name 4'] });
});

it('status words that nobody knows are counted, those of our own are not', async () => {
  const { statuses } = await tried(...people(3, { status: 'ruht' }), ...people(2, { status: 'leave' }), ...people(1));
  expect([...statuses]).toEqual([['ruht', 3]]);
});

it('two lines that fail for some each are no mistake of either', async () => {
  const trial = await tried(...people(4, NAMELESS), ...people(4, { work_email: 'no address' }), ...people(1));
  expect(trial).toMatchObject({ skipped: 8, failing: [] });
});

it('200 people are enough: no more pages are asked for', async () => {
  expect(await tried(...people(1_000))).toMatchObject({ tried: 200, wanted: 200, pages: 4 });
});
