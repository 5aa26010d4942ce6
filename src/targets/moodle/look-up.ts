import { batchesOf } from '../../core/batches.js';
import { inParallel } from '../../core/in-parallel.js';
import type { AdapterWorld } from '../../http/world.js';
import { INVALID_RESPONSE, type LookUpField, MOST_VALUES, type MoodleClient } from './client.js';
import { Refusal } from './errors.js';
import type { User } from './schema.js';

/** What a look-up came to. */
export interface Found {
  readonly users: readonly User[];
  /** Values whose account Moodle cannot show, because something that it holds does not fit Moodle's own types. */
  readonly odd: readonly string[];
}

export type LookUp = (field: LookUpField, values: Iterable<string>) => Promise<Found>;

const NOBODY: Found = { users: [], odd: [] };
/** A value that no account can hold spoils the call for all others. */
const INVALID_VALUE = 'invalidparameter';

/**
 * Looks accounts up by exact values, many at once. One odd account, and one value that no account can hold, spoil the
 * answer for all, so a call that is refused so is halved until the culprit stands alone.
 */
export function createLookUp(
  client: Pick<MoodleClient, 'usersBy'>,
  { concurrency, log }: { readonly concurrency: number } & Pick<AdapterWorld, 'log'>,
): LookUp {
  async function ask(field: LookUpField, values: readonly string[]): Promise<Found> {
    try {
      return { users: await client.usersBy(field, values), odd: [] };
    } catch (error) {
      if (!(error instanceof Refusal) || (error.code !== INVALID_VALUE && error.code !== INVALID_RESPONSE)) throw error;
      if (values.length > 1) {
        const half = Math.ceil(values.length / 2);
        return joined([await ask(field, values.slice(0, half)), await ask(field, values.slice(half))]);
      }
      if (error.code === INVALID_VALUE) return NOBODY;
      const facts = field === 'id' || field === 'idnumber' ? { [field]: values.join() } : {};
      log.warn(
        'Moodle cannot show an account (invalidresponse): one of its values does not fit; correct it there',
        facts,
      );
      return { users: [], odd: values };
    }
  }

  return async (field, values) =>
    joined(await inParallel(batchesOf(new Set(values), MOST_VALUES), concurrency, (some) => ask(field, some)));
}

function joined(parts: readonly Found[]): Found {
  return { users: parts.flatMap(({ users }) => users), odd: parts.flatMap(({ odd }) => odd) };
}
