import type { Change } from '../core/change.js';

/** Looks up the names of employees by their ids; unknown people are left out. */
export type NamesOf = (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** What the managers in a change are called, by employee id, as far as it is known. */
interface Named {
  readonly managerNames?: ReadonlyMap<string, string>;
}

const BATCH = 200;

/** Gives changes the names of the managers in them, a batch at a time. */
export async function* withManagers<One extends Pick<Change, 'fields'>>(
  changes: AsyncIterable<One>,
  namesOf: NamesOf | undefined,
): AsyncGenerator<One & Named> {
  if (namesOf === undefined) {
    yield* changes;
    return;
  }
  let batch: One[] = [];
  for await (const change of changes) {
    batch.push(change);
    if (batch.length < BATCH) continue;
    yield* named(batch, namesOf);
    batch = [];
  }
  yield* named(batch, namesOf);
}

async function* named<One extends Pick<Change, 'fields'>>(
  batch: readonly One[],
  namesOf: NamesOf,
): AsyncGenerator<One & Named> {
  const ids = new Set<string>();
  for (const { fields } of batch) {
    const { manager } = fields;
    for (const value of [manager?.before, manager?.after]) if (typeof value === 'string') ids.add(value);
  }
  const managerNames = ids.size === 0 ? NONE : await namesOf([...ids]);
  for (const change of batch) yield { ...change, managerNames };
}

const NONE: ReadonlyMap<string, string> = new Map();
