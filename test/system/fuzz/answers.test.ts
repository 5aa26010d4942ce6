import fc from 'fast-check';
import { describe, expect, onTestFinished } from 'vitest';
import { isExitCode } from '../../../src/exit.js';
import type { Ended } from '../../support/command.js';
import { type Connect, type Connector, test } from '../../support/connector.js';
import { connectPair, type PairSource, SOURCES, type Target, unpacedConfig } from '../../support/pairs.js';
import { rowsOfPart } from '../../support/part.js';
import { hire, plainPeople } from '../../support/people.js';
import { emptied, type Held, heldBy } from './held.js';
import { type SpoilingProxy, startSpoilingProxy } from './spoiling-proxy.js';

/** How many connectors are played for each adapter; each has up to twelve commands on spoilt answers. */
const CASES = Number(process.env['HRSYNC_FUZZ'] ?? 2);
const TIME = 60_000 + CASES * 30_000;

/** An adapter whose answers are spoilt, in a connector with another that is left alone. */
interface Fuzzed {
  readonly name: string;
  readonly side: 'source' | 'target';
  readonly source: PairSource;
  readonly target: Target;
}

const [V1, V2, KOMBO, BAMBOOHR] = SOURCES;
const ADAPTERS: readonly Fuzzed[] = [
  { name: 'Personio v1', side: 'source', source: V1, target: 'learnamp' },
  { name: 'Personio v2', side: 'source', source: V2, target: '360learning' },
  { name: 'Kombo', side: 'source', source: KOMBO, target: 'learnamp' },
  { name: 'BambooHR', side: 'source', source: BAMBOOHR, target: 'learnamp' },
  { name: 'Learn Amp', side: 'target', source: V1, target: 'learnamp' },
  { name: '360Learning', side: 'target', source: V1, target: '360learning' },
  { name: 'LearnUpon', side: 'target', source: V1, target: 'learnupon' },
  { name: 'SCIM', side: 'target', source: V1, target: 'scim' },
  { name: 'Moodle', side: 'target', source: V1, target: 'moodle' },
];

const COMMANDS: readonly (readonly string[])[] = [
  ...[['import-all', '--json'], ['import-all'], ['import-all', '--verbose']],
  ...[['sync'], ['plan'], ['verify'], ['verify', '--repair'], ['check'], ['fields'], ['invite']],
  ...[
    ['import-all', '--only', 'PERSON'],
    ['explain', 'PERSON', '--fresh'],
    ['explain', 'PERSON'],
  ],
];

/** A night: what HR changes, and the commands that then meet spoilt answers. */
interface Night {
  /** Decides how answers are spoilt. */
  readonly seed: number;
  /** The part of the answers that is spoilt. */
  readonly share: number;
  readonly person: number;
  readonly event: 'promote' | 'rename' | 'hire' | 'move' | 'none';
  readonly commands: readonly (readonly string[])[];
}

const someNight: fc.Arbitrary<Night> = fc.record({
  seed: fc.nat(),
  share: fc.constantFrom(0.1, 0.4, 1),
  person: fc.nat({ max: 7 }),
  event: fc.constantFrom<Night['event'][]>('promote', 'rename', 'hire', 'move', 'none'),
  commands: fc.array(fc.constantFrom(...COMMANDS), { minLength: 1, maxLength: 3 }),
});

const DEFECT =
  /\b(TypeError|RangeError|ReferenceError|SyntaxError|ZodError|AssertionError|SqliteError)\b|a defect in hrsync|^\s*at .*:\d+:\d+\)?$/m;
const NONSENSE = /\[object |undefined|\bNaN\b|Infinity/;

/** A connector that reaches one of its two systems through a proxy, in step unless it starts from nothing. */
async function connectFuzzed(connect: Connect, fuzzed: Fuzzed) {
  const { side, source, target } = fuzzed;
  const connector = await connectPair(connect, source, target, { company: { size: 12 } });
  const real = connector.sandbox[side === 'target' ? target : source[1]].url;
  const proxy = await startSpoilingProxy(new URL(real).origin);
  onTestFinished(() => proxy.stop());
  const config = unpacedConfig(connector.sandbox, source, target);
  await connector.configure(config.replace(new URL(real).origin, proxy.url));
  return { connector, proxy, ...fuzzed };
}

interface Place {
  readonly connector: Connector;
  readonly proxy: SpoilingProxy;
  readonly target: Target;
  readonly side: 'source' | 'target';
}

function happen({ connector }: Place, { person, event, seed }: Night): string {
  const { id = 0 } = plainPeople(connector.company)[person % 4] ?? {};
  const word = `${seed % 1_000}`;
  if (event === 'promote') connector.hr.apply({ kind: 'promote', person: id, to: `Title ${word}` });
  if (event === 'rename') connector.hr.apply({ kind: 'change_name', person: id, lastName: `Name${word}` });
  if (event === 'move') connector.hr.apply({ kind: 'change_email', person: id, to: `moved${word}@acme.example` });
  if (event === 'hire') hire(connector, `Hired${word}`, '2026-01-01');
  return String(id);
}

async function play(place: Place, night: Night): Promise<void> {
  const { connector, proxy, target, side } = place;
  const person = happen(place, night);
  const before = heldBy(connector, target);
  let mayEmpty = false;
  const lines: string[] = [];
  for (const [index, command] of night.commands.entries()) {
    proxy.spoil({ seed: night.seed + index, share: night.share });
    const ended = await connector.run(command.map((word) => (word === 'PERSON' ? person : word)));
    proxy.spoil(null);
    const done = proxy.take();
    mayEmpty ||= side === 'source' && done.some(({ empties }) => empties);
    lines.push(`${command.join(' ')}: exit code ${ended.code}`, ...done.map(({ what }) => what), ended.stderr);
    expectNoCrash(ended, lines.join('\n'));
    expectNothingLost(before, heldBy(connector, target), lines.join('\n'), mayEmpty);
  }
  // What was believed of a spoilt answer must not lead to it later.
  const calm = await connector.run(['import-all']);
  lines.push(`import-all: exit code ${calm.code}`, calm.stderr);
  expect([0, 4, 5, 6], lines.join('\n')).toContain(calm.code);
  expectNothingLost(before, heldBy(connector, target), lines.join('\n'), mayEmpty);
}

function expectNoCrash({ code, stdout, stderr }: Ended, told: string): void {
  expect(code !== null && isExitCode(code) && code !== 130, told).toBe(true);
  expect(`${stdout}${stderr}`, told).not.toMatch(DEFECT);
}

// HR lets nobody go in any night, so no run has a reason to end or empty anything.
function expectNothingLost(
  before: ReadonlyMap<string, Held>,
  now: ReadonlyMap<string, Held>,
  told: string,
  mayEmpty: boolean,
): void {
  for (const [id, account] of before) {
    const left = now.get(id);
    expect(left, `account ${id} was deleted: ${told}`).toBeDefined();
    if (left === undefined) continue;
    expect(left.open || !account.open, `account ${id} was closed: ${told}`).toBe(true);
    if (!mayEmpty) expect(emptied(account, left), `account ${id} was emptied: ${told}`).toEqual([]);
  }
  for (const [id, { fields }] of now) expect(JSON.stringify(fields), `account ${id}: ${told}`).not.toMatch(NONSENSE);
}

describe('answers at random within the vendor’s schema and just outside it', () => {
  test.for(rowsOfPart(ADAPTERS))(
    '$name: no crash, and nothing is closed or emptied',
    { timeout: TIME },
    async (fuzzed, { connect }) => {
      const nights = fc.array(someNight, { minLength: 1, maxLength: 4 });
      const property = fc.asyncProperty(fc.boolean(), nights, async (inStep, all) => {
        const place = await connectFuzzed(connect, fuzzed);
        try {
          if (inStep) await place.connector.imported();
          for (const night of all) await play(place, night);
        } finally {
          await Promise.all([place.connector.close(), place.proxy.stop()]);
        }
      });
      await fc.assert(property, { numRuns: CASES, endOnFailure: true });
    },
  );
});
