import { entryOf } from '../../core/entry.js';
import { normaliseText } from '../../core/text.js';
import type { BamboohrClient } from './client.js';
import { Entities, hasEntity } from './entities.js';
import { ROSTER_NAMES } from './names.js';
import type { Query } from './query.js';
import type { Roster } from './roster.js';
import type { Table } from './table.js';

/**
 * What other answers say of values that hold HTML entities: the list of employees, and the names of list options, which
 * are asked for only where there is such a value.
 */
export async function entitiesFor(
  client: Pick<BamboohrClient, 'lists'>,
  { aliases, account }: Query,
  tables: readonly Table[],
  people: Roster['people'] = new Map(),
): Promise<Entities> {
  const suspicious = aliases.filter((alias) =>
    tables.some(({ rows }) => rows.some((row) => hasEntity(row.value(alias)))),
  );
  const isList = (alias: string) => /list$/.test(account.get(alias)?.type ?? '');
  const lists = suspicious.some(isList) ? await client.lists() : new Map<string, ReadonlySet<string>>();
  const isSame = (one: unknown, text: string) => typeof one === 'string' && normaliseText(one) === normaliseText(text);
  return new Entities((alias, id, text) => {
    if (isSame(entryOf(people.get(id)?.row, ROSTER_NAMES.get(alias) ?? alias), text)) return true;
    return lists.get(alias)?.has(text) === true;
  });
}
