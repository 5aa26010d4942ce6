import type { Snapshot } from '../core/account.js';
import { IncompleteReadError } from '../errors.js';
import type { RunContext } from './context.js';
import type { Seen } from './seen.js';

/**
 * Refuses a read in which known ids are gone and come back with other leading zeros: everybody would "leave", and be taken
 * over by e-mail under a new id. Excel does this to a file that somebody opens and saves.
 *
 * @throws IncompleteReadError with an example
 */
export async function holdToLeadingZeros(
  { source }: Pick<RunContext, 'source'>,
  seen: Pick<Seen, 'unlinked'>,
  absent: AsyncIterable<readonly Snapshot[]> | Iterable<readonly Snapshot[]>,
): Promise<void> {
  const gone = new Map<string, string>();
  for await (const batch of absent) {
    for (const { employeeId } of batch) if (isNumber(employeeId)) gone.set(bare(employeeId), employeeId);
  }
  if (gone.size === 0) return;
  const twins: (readonly [known: string, came: string])[] = [];
  for (const id of seen.unlinked()) {
    const known = isNumber(id) ? gone.get(bare(id)) : undefined;
    if (known !== undefined) twins.push([known, id]);
  }
  const [first] = twins;
  if (first === undefined) return;
  const ids = twins.length === 1 ? '1 known id' : `${twins.length} known ids`;
  const example = `#${first[0]} came as #${first[1]}`;
  throw new IncompleteReadError(source.title, [
    `${ids} came with other leading zeros than before (${example}): have HR write ids as text, and do not save the file with Excel`,
  ]);
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id);
}

function bare(id: string): string {
  return id.replace(/^0+(?=\d)/, '');
}
