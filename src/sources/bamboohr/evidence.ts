import { entryOf } from '../../core/entry.js';
import { normaliseText } from '../../core/text.js';
import type { Roster } from './answers/roster.js';
import type { Table } from './answers/row.js';
import type { BamboohrClient } from './client.js';
import { Entities, hasEntity } from './entities.js';
import { ROSTER_NAMES } from './names.js';
import type { Query } from './query.js';

/**
 * What other answers say of values that hold HTML entities: the list of employees, and the names of list options, which
 * are asked for only where there is such a value. Of some people without their list nothing is taken that is not confirmed:
 * the next night knows more.
 */
export async function entitiesFor(
  client: Pick<BamboohrClient, 'lists'>,
  { aliases, account }: Query,
  tables: readonly Table[],
  people: Roster['people'] | null,
): Promise<Entities> {
  const suspicious = aliases.filter((alias) =>
    tables.some(({ rows }) => rows.some((row) => hasEntity(row.value(alias)))),
  );
  const isList = (alias: string) => /list$/.test(account.get(alias)?.type ?? '');
  const lists = suspicious.some(isList) ? await client.lists() : new Map<string, ReadonlySet<string>>();
  const isOption = (alias: string, text: string) => lists.get(alias)?.has(normaliseText(text)) === true;
  return new Entities({
    unconfirmed: people === null ? 'leave' : 'take',
    isShown(alias, id, text) {
      const listed = entryOf(people?.get(id)?.row, ROSTER_NAMES.get(alias) ?? alias);
      if (typeof listed === 'string' && normaliseText(listed) === normaliseText(text)) return true;
      return isOption(alias, text) || text.split(',').every((part) => isOption(alias, part));
    },
  });
}
