import type { Session } from '../session.js';
import { type Statement, statement } from '../statement.js';

const GET = 'SELECT key, value FROM meta WHERE connector = $1 AND key = ANY($2)';
const SET = `INSERT INTO meta (connector, key, value) VALUES ($1, $2, $3)
  ON CONFLICT (connector, key) DO UPDATE SET value = excluded.value`;

/** Single facts about the state as a whole. */
export function metaTable(session: Session) {
  const { connector } = session;
  return {
    /** The values of some keys, null for each that is not set. */
    async get<Key extends string>(...keys: readonly Key[]): Promise<Readonly<Record<Key, string | null>>> {
      const rows = await session.read<{ key: string; value: string }>(statement(GET, connector, keys));
      const found = new Map(rows.map(({ key, value }) => [key, value]));
      return Object.fromEntries(keys.map((key) => [key, found.get(key) ?? null])) as Record<Key, string | null>;
    },
    set: (key: string, value: string): Statement => statement(SET, connector, key, value),
  };
}
