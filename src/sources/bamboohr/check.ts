import { count } from '../../core/count.js';
import { PermissionError } from '../../errors.js';
import type { Finding } from '../../http/world.js';
import { firstPage } from './answers/roster.js';
import type { Table } from './answers/row.js';
import { readTable } from './answers/table.js';
import type { BamboohrClient } from './client.js';
import { employeesFinding, findingFor, WHERE } from './findings.js';
import { aliasOf, DAY_ALIASES, LACKS } from './names.js';
import { type Query, queryOf, suggestion, unknownAliases } from './query.js';
import type { ReadOptions } from './read.js';
import { isNothing, readDay, readId, readText } from './value.js';

/**
 * Looks at host, key, whether everybody can be read, and the HR fields that are needed, in five requests at most; where
 * the data set has to be read, it takes more.
 */
export async function checkBamboohr(
  client: BamboohrClient,
  address: string,
  fields: readonly string[],
  { read, may_be_empty }: ReadOptions,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const account = await client.fields();
    findings.push({ level: 'ok', subject: address, message: 'answers' });
    const company = await client.companyName();
    const belongs = company === null ? 'accepted' : `accepted; they belong to ${company}`;
    findings.push({ level: 'ok', subject: 'credentials', message: belongs });
    const lacking = fields.filter((field) => Object.hasOwn(LACKS, field));
    const query = queryOf(
      fields.filter((field) => !lacking.includes(field)),
      account,
    );
    const unknown = unknownAliases(query);
    const counted = await countOf(client);
    const table = counted.total === 0 ? null : await readTable(client, known(query, unknown), read);
    findings.push(peopleFinding(counted, table));
    const trouble = [
      ...lacking.map(lackingFinding),
      ...unknown.map((alias) => unknownFinding(alias, query)),
      ...(table === null ? [] : columnFindings(known(query, unknown), table, may_be_empty)),
    ];
    findings.push(...trouble);
    if (trouble.length === 0 && table !== null) {
      findings.push({ level: 'ok', subject: 'fields', message: `all ${fields.length} needed ones are readable` });
    }
    findings.push(...client.deprecations.sentences.map(deprecationFinding));
  } catch (error) {
    findings.push(findingFor(error, address));
  }
  return findings;
}

function known(query: Query, unknown: readonly string[]): Query {
  const isKnown = (name: string) => !unknown.includes(name);
  return { ...query, fields: query.fields.filter(isKnown), aliases: query.aliases.filter(isKnown) };
}

interface Counted {
  readonly total: number;
  readonly countedBy: string;
}

async function countOf(client: BamboohrClient): Promise<Counted> {
  const page = await firstPage(client);
  if (page !== null) return { total: page.total, countedBy: 'the list of employees' };
  const { total } = await client.dataset([], 1, 1).catch((error: unknown) => {
    if (!(error instanceof PermissionError)) throw error;
    throw new PermissionError(error.system, ['employees', ...error.missing], error.detail, { cause: error });
  });
  return { total, countedBy: 'the data set; the list of employees is refused' };
}

function peopleFinding(counted: Counted, table: Table | null): Finding {
  const rows = table?.rows ?? [];
  const inactive = rows.filter(({ value }) => isWord(value('status'), 'inactive')).length;
  return employeesFinding({ ...counted, came: new Set(rows.map(({ id }) => id)).size, inactive });
}

function isWord(value: unknown, word: string): boolean {
  const text = readText(value);
  return typeof text === 'string' && text.toLowerCase() === word;
}

function columnFindings(
  { fields }: Query,
  { columns, rows }: Table,
  mayBeEmpty: readonly string[],
): readonly Finding[] {
  return fields.flatMap((field): readonly Finding[] => {
    const alias = aliasOf(field);
    if (alias === 'id') return [];
    const subject = field === alias ? `field ${field}` : `field ${field} (${alias})`;
    if (!columns.has(alias)) {
      const message = `BambooHR leaves it out of its report: ask for view rights on it for the key's user (${WHERE})`;
      return [{ level: 'error', subject, message, cause: 'credentials' }];
    }
    const held = rows.map(({ value }) => value(alias)).filter((value) => value !== undefined && !isNothing(value));
    if (held.length === 0 && !mayBeEmpty.includes(field)) {
      const message = `empty for everybody, and import-all would stop with exit code 6: a lost right looks like this. If nobody has a value, name it in "source.may_be_empty"`;
      return [{ level: 'error', subject, message, cause: 'credentials' }];
    }
    const odd = DAY_ALIASES.has(alias) ? held.filter((value) => readDay(value) === undefined).length : 0;
    const ids = new Set(rows.map(({ id }) => id));
    const strangers = field === 'manager' ? held.filter((value) => !isKnownManager(readId(value), ids)).length : 0;
    const warn = (message: string): Finding => ({ level: 'warning', subject, message });
    return [
      ...(odd > 0 ? [warn(`${count(odd, 'date')} in a form that cannot be read`)] : []),
      ...(strangers > 0
        ? [warn(`the managers of ${count(strangers, 'person', 'people')} are nobody whom this key may read`)]
        : []),
    ];
  });
}

function isKnownManager(id: unknown, ids: ReadonlySet<string | null>): boolean {
  return id === null || (typeof id === 'string' && ids.has(id));
}

function lackingFinding(field: string): Finding {
  const message = `BambooHR has no such field: ${LACKS[field]}`;
  return { level: 'error', subject: `field ${field}`, message, cause: 'config' };
}

function unknownFinding(alias: string, query: Query): Finding {
  const message = `this account has no field with that alias${suggestion(alias, query)}; "hrsync fields" lists them`;
  return { level: 'error', subject: `field ${alias}`, message, cause: 'config' };
}

function deprecationFinding(message: string): Finding {
  return { level: 'warning', subject: 'deprecation', message };
}
