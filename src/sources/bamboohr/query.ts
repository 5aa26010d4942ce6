import { closest } from '../../core/closest.js';
import { PermissionError, UsageError } from '../../errors.js';
import type { BamboohrClient } from './client.js';
import { TITLE } from './failure.js';
import { ALWAYS_ASKED, aliasOf, LACKS } from './names.js';
import type { Field } from './schema.js';

/** What a read asks for, and how BambooHR calls it. */
export interface Query {
  /** The HR fields that are needed. */
  readonly fields: readonly string[];
  /** The aliases to ask for: those of the needed fields, and what every read asks for. */
  readonly aliases: readonly string[];
  /** Alias → the account's field. */
  readonly account: ReadonlyMap<string, Field>;
}

/** The most fields of one report. https://documentation.bamboohr.com/docs/past-changes-to-the-api */
export const MOST_FIELDS = 400;

/**
 * Looks up the needed HR fields among those of the account.
 *
 * @throws UsageError for what BambooHR does not have at all, and for more fields than one report takes
 * @throws PermissionError for an alias that the account does not have
 */
export async function queryFor(client: Pick<BamboohrClient, 'fields'>, fields: readonly string[]): Promise<Query> {
  refuseLacking(fields);
  const query = queryOf(fields, await client.fields());
  const unknown = unknownAliases(query);
  if (unknown.length > 0) {
    const meant = unknown.map((alias) => `${alias} is no field of this account${suggestion(alias, query)}`);
    throw new PermissionError(TITLE, unknown, meant.join('; '));
  }
  return query;
}

/** The same without a look at whether the account has them. */
export function queryOf(fields: readonly string[], account: readonly Field[]): Query {
  const aliases = [...new Set([...fields.map(aliasOf), ...ALWAYS_ASKED])].filter((alias) => alias !== 'id');
  if (aliases.length > MOST_FIELDS) {
    throw new UsageError(`the config needs ${aliases.length} fields of BambooHR, and one report holds ${MOST_FIELDS}`);
  }
  return { fields, aliases, account: new Map(account.map((field) => [field.alias, field])) };
}

/**
 * Those of the needed aliases that the account does not have. Of BambooHR's own fields a list may lack one that a report
 * has all the same: the columns of the report decide.
 */
export function unknownAliases({ fields, account }: Query): readonly string[] {
  return fields.filter((field) => aliasOf(field) === field && !STANDARD.has(field) && !account.has(field));
}

const STANDARD: ReadonlySet<string> = new Set(['id', 'status', 'department', 'division']);

/** `; did you mean "customSkills"?` where a near alias is known, or the label of one. */
export function suggestion(alias: string, { account }: Pick<Query, 'account'>): string {
  const labels = new Map([...account.values()].map((field) => [field.name, field.alias]));
  const label = closest(alias, labels.keys());
  const meant = closest(alias, account.keys()) ?? (label === null ? undefined : labels.get(label));
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** @throws UsageError that says what BambooHR has instead */
function refuseLacking(fields: readonly string[]): void {
  const lacking = fields.filter((field) => Object.hasOwn(LACKS, field));
  if (lacking.length === 0) return;
  const sentences = lacking.map((field) => `BambooHR has no ${field}: ${LACKS[field]}`);
  throw new UsageError(`the config names what BambooHR does not have. ${sentences.join('. ')}`);
}
