import type { Skip } from '../../core/change.js';
import { unknownStatusOf } from '../../core/lifecycle.js';
import type { Mapping } from '../../core/mapping.js';
import type { Policy } from '../../core/policy.js';
import { standingOf } from '../../core/standing.js';
import type { Source } from '../../sources/source.js';

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
}

/** Tries filter and mapping on the first people whom HR shows and who work there. */
export async function tryMapping(look: {
  readonly source: Pick<Source, 'read'>;
  readonly mapping: Mapping;
  readonly policy: Policy;
  readonly neededFields: readonly string[];
}): Promise<Trial> {
  const counts = { tried: 0, wanted: 0, outside: 0, skipped: 0 };
  const lines = new Map<string, { readonly line: readonly string[]; people: number; readonly example: Skip }>();
  const statuses = new Map<string, number>();
  for await (const { records } of look.source.read(look.neededFields)) {
    for (const record of records) {
      if (!('employee' in record) || counts.tried >= TRIED) continue;
      const standing = standingOf(record.employee, look.policy, look.mapping);
      if (standing.kind === 'ends' || standing.kind === 'left_alone') continue;
      counts.tried += 1;
      counts[standing.kind] += 1;
      const status = unknownStatusOf(record.employee);
      if (status !== null) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (standing.kind !== 'skipped' || standing.skip.line === undefined) continue;
      const { line } = standing.skip;
      const known = lines.get(line.join('.')) ?? { line, people: 0, example: standing.skip };
      known.people += 1;
      lines.set(line.join('.'), known);
    }
    if (counts.tried >= TRIED) break;
  }
  const meant = counts.tried - counts.outside;
  return {
    ...counts,
    statuses,
    failing: [...lines.values()].filter(({ people }) => people >= LEAST && people * 2 > meant),
  };
}
