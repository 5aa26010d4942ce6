import type { Skip } from '../../core/change.js';
import type { Employee } from '../../core/employee.js';
import { unknownStatusOf } from '../../core/lifecycle.js';
import type { Mapping } from '../../core/mapping.js';
import type { Policy } from '../../core/policy.js';
import { candidateFor, type Standing, standingOf } from '../../core/standing.js';
import { HrsyncError, InterruptedError } from '../../errors.js';
import type { Source, SourceRecord } from '../../sources/source.js';
import type { Target } from '../../targets/target.js';
import { countUnplaced, settle } from './settle.js';

/** So many people are enough to see a line of the mapping that fails for most. */
const TRIED = 200;
/** Fewer failures may be the people's own. */
const LEAST = 3;

/** What became of trying the config on people whom HR shows. */
export interface Trial {
  readonly tried: number;
  readonly wanted: number;
  readonly outside: number;
  readonly skipped: number;
  /** Status words that nobody knows, with how many of these people have them. */
  readonly statuses: ReadonlyMap<string, number>;
  /** Lines of the config, as paths, that fail for most of those who should have an account, each with an example. */
  readonly failing: readonly { readonly line: readonly string[]; readonly people: number; readonly example: Skip }[];
  /**
   * Values of everybody that lead to nothing in the LMS, as sentences without a subject, with how many people have them; why
   * the LMS could not be asked; null where it looks up no groups by name.
   */
  readonly unplaced: ReadonlyMap<string, number> | HrsyncError | null;
}

interface Look {
  readonly source: Pick<Source, 'read'>;
  readonly target: Pick<Target, 'settle'>;
  readonly mapping: Mapping;
  readonly policy: Policy;
  readonly neededFields: readonly string[];
}

/**
 * Tries filter and mapping on the first people whom HR shows and who work there; where groups are looked up by name, their
 * places on everybody. HR is read once.
 */
export async function tryMapping(look: Look): Promise<Trial> {
  const places = new Places(look.target);
  const counts = { tried: 0, wanted: 0, outside: 0, skipped: 0 };
  const lines = new Map<string, { readonly line: readonly string[]; people: number; readonly example: Skip }>();
  const statuses = new Map<string, number>();
  for await (const { records } of look.source.read(look.neededFields)) {
    const stood = records.flatMap((record) => standingIn(record, look));
    await places.look(stood);
    for (const { employee, standing } of stood) {
      if (counts.tried >= TRIED) break;
      if (standing.kind === 'ends' || standing.kind === 'left_alone') continue;
      counts.tried += 1;
      counts[standing.kind] += 1;
      const status = unknownStatusOf(employee);
      if (status !== null) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (standing.kind !== 'skipped' || standing.skip.line === undefined) continue;
      const { line } = standing.skip;
      const known = lines.get(line.join('.')) ?? { line, people: 0, example: standing.skip };
      known.people += 1;
      lines.set(line.join('.'), known);
    }
    if (counts.tried >= TRIED && !places.areLookedUp) break;
  }
  const meant = counts.tried - counts.outside;
  const failing = [...lines.values()].filter(({ people }) => people >= LEAST && people * 2 > meant);
  return { ...counts, statuses, failing, unplaced: places.found };
}

interface Stood {
  readonly employee: Employee;
  readonly standing: Standing;
}

function standingIn(record: SourceRecord, { policy, mapping }: Look): readonly Stood[] {
  if (!('employee' in record)) return [];
  return [{ employee: record.employee, standing: standingOf(record.employee, policy, mapping) }];
}

/** Looks up where the LMS would place people, until it does not answer. */
class Places {
  found: Trial['unplaced'];
  readonly #counts = new Map<string, number>();

  constructor(private readonly target: Pick<Target, 'settle'>) {
    this.found = target.settle === undefined ? null : this.#counts;
  }

  get areLookedUp(): boolean {
    return this.found === this.#counts;
  }

  async look(people: readonly Stood[]): Promise<void> {
    if (!this.areLookedUp) return;
    const candidates = people.flatMap(({ employee, standing }) =>
      standing.kind === 'wanted' ? candidateFor(employee, standing, null) : [],
    );
    try {
      for (const { unplaced } of await settle(this.target, candidates)) countUnplaced(this.#counts, unplaced);
    } catch (error) {
      if (!(error instanceof HrsyncError) || error instanceof InterruptedError) throw error;
      this.found = error;
    }
  }
}
