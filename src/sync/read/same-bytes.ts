import { IncompleteReadError } from '../../errors.js';
import type { ReadFacts } from '../../sources/source.js';
import type { RunContext } from '../context.js';
import { rulesOf } from '../run-kind.js';
import type { Pulled } from './pulled.js';

/** What a read is known to rest on, and what to tell of it. */
export interface KnownBytes {
  readonly read: Pick<Pulled, 'bytes'>;
  readonly notices: readonly string[];
}

/**
 * Compares what a read rests on with the last complete one. The same bytes show who is there and prove nothing new of who
 * is not. A run between nights reads the same file many times a day, so only a night may refuse it.
 *
 * @throws IncompleteReadError where the config refuses the same bytes
 */
export async function bytesOf({ store, source, options }: RunContext, { bytes }: ReadFacts): Promise<KnownBytes> {
  if (bytes === undefined) return { read: {}, notices: [] };
  const { digest, unchanged, name } = bytes;
  const areSame = (await store.readMarks()).bytes === digest;
  if (!areSame) return { read: { bytes: { digest, areSame } }, notices: [] };
  const same = `${name} holds the same bytes as at the last complete read`;
  if (unchanged === 'refuse' && rulesOf(options.kind).nightly) {
    throw new IncompleteReadError(source.title, [
      `${same}: the export has not written a new one (unchanged_file: refuse)`,
    ]);
  }
  return { read: { bytes: { digest, areSame } }, notices: [`${same}: nobody's absence is counted again`] };
}
