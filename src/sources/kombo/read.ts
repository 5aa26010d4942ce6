import { sayMinute } from '../../core/instant.js';
import { PermissionError } from '../../errors.js';
import type { Log } from '../../http/log.js';
import type { StatusMap } from '../kit/status-words.js';
import type { ReadFacts, SourcePage } from '../source.js';
import type { KomboClient } from './client.js';
import { TITLE } from './failure.js';
import { GroupTree } from './groups.js';
import { pagesOf } from './pages.js';
import { toolOf, troubleWith } from './readiness.js';
import { createRecordReader, type RecordReader } from './record.js';
import type { Integration } from './schema.js';
import { askOffer, type Offer, type Supply, supplyOf } from './supply.js';
import { WORDS } from './words.js';

/** What a read is told besides the HR fields that it is for. */
export interface ReadOptions {
  readonly fields: readonly string[];
  /** HR fields that may be empty for everybody. */
  readonly mayBeEmpty: readonly string[];
  /** The config's words for the HR system's statuses. */
  readonly statuses: StatusMap;
  readonly log: Log;
}

/** HR fields that are made from an employee's groups. */
export const OF_GROUPS: ReadonlySet<string> = new Set(['department', 'team', 'cost_center']);

/**
 * Reads everybody whom Kombo copied, those included whom it has since found deleted. Kombo counts nobody, promises no
 * order and may copy anew meanwhile: what came is for the core to judge.
 */
export async function* readEmployees(
  client: KomboClient,
  { fields, mayBeEmpty, statuses, log }: ReadOptions,
): AsyncGenerator<SourcePage, ReadFacts> {
  const offer = await readyOffer(client, fields, log);
  const groups = await groupsFor(client, fields);
  const reader = createRecordReader(fields, groups, statuses);
  let pages = 0;
  for await (const rows of pagesOf((cursor) => client.employees(cursor), '/hris/employees')) {
    pages += 1;
    yield { records: reader.readPage(rows), total: null };
  }
  const empty = mayBeEmpty.filter((field) => fields.includes(field) && !reader.filledFields.has(field));
  return {
    pages,
    totalAtStart: null,
    totalAtEnd: null,
    // Kombo writes every key whether it has a value or not: a right that was lost shows as nothing but nulls. Where
    // nobody holds any field, nobody is left who could.
    presentFields: new Set([...reader.filledFields, ...(reader.filledFields.size > 0 ? empty : [])]),
    notices: [...noticesOf(offer.integration, reader, empty), ...reader.notices],
    ...(reader.nameless.length > 0 && { nameless: reader.nameless }),
  };
}

/** The groups of the company, where some HR field is made from them. */
export async function groupsFor(client: KomboClient, fields: readonly string[]): Promise<GroupTree> {
  return new GroupTree(fields.some((field) => OF_GROUPS.has(field)) ? await client.groups() : []);
}

/**
 * Looks at the integration before anybody is read: to Kombo's readers, a field that is switched off is empty.
 *
 * @throws NotReadyError, PermissionError
 */
export async function readyOffer(client: KomboClient, fields: readonly string[], log: Log): Promise<Offer> {
  const offer = await askOffer(client, fields);
  const trouble = troubleWith(offer.integration);
  if (trouble !== null) throw trouble;
  const supplies = fields.map((field) => supplyOf(field, offer));
  const withheld = supplies.filter((supply) => supply.state === 'withheld');
  if (withheld.length > 0) throw withheldError(withheld, offer.integration);
  const unsure = supplies.filter(({ state }) => state === 'unknown').map(({ key }) => key);
  if (unsure.length > 0) {
    log.warn(`Kombo does not say whether it has ${unsure.join(', ')} of ${toolOf(offer.integration)}`);
  }
  return offer;
}

function withheldError(
  withheld: readonly (Supply & { readonly state: 'withheld' })[],
  integration: Integration,
): PermissionError {
  const keys = [...new Set(withheld.map(({ key }) => key))];
  const reasons = [...new Set(withheld.map(({ because }) => WORDS[because].short))];
  return new PermissionError(TITLE, keys, `with ${toolOf(integration)} ${reasons.join('; ')}`);
}

// Neither the last synchronisation nor its age can be asked for. What can be seen is the youngest change.
function noticesOf(integration: Integration, { newestChange }: RecordReader, empty: readonly string[]): string[] {
  const newest = newestChange === null ? 'unknown' : sayMinute(newestChange);
  const age = `newest change in Kombo's copy of ${toolOf(integration)}: ${newest} (Kombo does not say when it last copied)`;
  return empty.length === 0 ? [age] : [age, `nobody has a ${empty.join(' or a ')}`];
}
