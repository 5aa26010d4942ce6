import { entryOf } from '../../core/entry.js';
import { IncompleteReadError, PermissionError } from '../../errors.js';
import type { HttpRequest } from '../../http/client.js';
import type { Connection } from './connection.js';
import { parsed, TITLE } from './failure.js';
import {
  changedSchema,
  companySchema,
  type DatasetField,
  datasetFieldsSchema,
  datasetSchema,
  type Field,
  fieldsSchema,
  listsSchema,
  reportSchema,
  rosterSchema,
} from './schema.js';

/** The most people that one page of the list and of the data set holds. */
export const ROSTER_PAGE = 2_500;
export const DATASET_PAGE = 1_000;

/** One page of the list of employees; people are left unread. */
export interface RosterPage {
  readonly people: readonly unknown[];
  readonly total: number;
  readonly next: string | null;
}

/** A report: the columns that came, and one object for each person. */
export interface Report {
  readonly columns: readonly string[];
  readonly people: readonly unknown[];
}

/** What a report is asked for besides its fields. */
export interface ReportOptions {
  /** Only these people. */
  readonly ids?: readonly string[];
  /** Whether values that take effect later count already. */
  readonly withFuture?: boolean;
  /** Asks for nobody: the answer says which columns the key may read. */
  readonly nobody?: boolean;
}

/** What BambooHR says of one id. `unclear`: an answer that may be a proxy's. */
export type Whereabouts = 'known' | 'gone' | 'hidden' | 'unclear';

/** The calls of BambooHR's API that a source needs. They throw what `sources/source` promises. */
export interface BamboohrClient extends Pick<Connection, 'clockSkew' | 'deprecations'> {
  /** Every field of the account, whoever may read it. Asked once. */
  fields(): Promise<readonly Field[]>;
  /** Alias of a list field → names of its options. */
  lists(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** The company's name; null where the key may not read it. */
  companyName(): Promise<string | null>;
  /** One page of everybody, inactive people and those whom the key may not read included; null where there is no such list. */
  roster(cursor: string | null): Promise<RosterPage | null>;
  /** Null where BambooHR has no such report any more. */
  report(aliases: readonly string[], options?: ReportOptions): Promise<Report | null>;
  /** One page of the data set of employees, counted from 1, by ascending id. */
  dataset(names: readonly string[], page: number, pageSize?: number): Promise<DatasetPage>;
  datasetFields(): Promise<readonly DatasetField[]>;
  /** Employee id → what happened to it at or after an instant: Inserted, Updated, Deleted. */
  changed(since: Date): Promise<ReadonlyMap<string, string>>;
  /** Looks for one person. */
  find(id: string): Promise<Whereabouts>;
}

/** One page of the data set; rows are left unread. */
export interface DatasetPage {
  readonly rows: readonly unknown[];
  readonly total: number;
  readonly pages: number;
}

const REPORT = '/v1/reports/custom';
const DATASET = '/v2/datasets/employee/data';
const DATASET_FIELDS = '/v1_2/datasets/employee/fields';
/** An instant after every change. */
const NEVER = '2999-01-01T00:00:00Z';

/** The calls over one connection. */
export function createBamboohrClient({ request, clockSkew, deprecations }: Connection): BamboohrClient {
  const get = async (path: string, right: string, query: HttpRequest['query'] = {}) =>
    (await request({ method: 'GET', path, query }, right)).body;

  async function ask(path: string, json: object, right: string, query: HttpRequest['query'] = {}) {
    return request({ method: 'POST', path, json, query, repeatable: true, accept: [404, 410] }, right);
  }

  let fields: Promise<readonly Field[]> | null = null;
  const readFields = async () => parsed(fieldsSchema, await get('/v1/meta/fields', 'fields'), 'the list of fields');

  return {
    clockSkew,
    deprecations,
    async fields() {
      fields ??= readFields();
      return fields.catch((error: unknown) => {
        fields = null;
        throw error;
      });
    },
    async lists() {
      const lists = parsed(listsSchema, await get('/v1/meta/lists', 'lists'), 'the lists');
      return new Map(lists.map(({ alias, options }) => [alias, new Set(options.map(({ name }) => name))]));
    },
    async companyName() {
      const call: HttpRequest = { method: 'GET', path: '/v1/company_information', accept: [403, 404] };
      const { status, body } = await request(call, 'company information');
      const read = status === 200 ? companySchema.safeParse(body) : null;
      return (read?.success && (read.data.displayName || read.data.legalName)) || null;
    },
    async roster(cursor) {
      const query = {
        ...{ 'page[limit]': ROSTER_PAGE, sort: 'employeeId', fields: 'hireDate,workEmail' },
        ...(cursor !== null && { 'page[after]': cursor }),
      };
      const call: HttpRequest = {
        method: 'GET',
        path: '/v1/employees',
        query,
        accept: cursor === null ? [404] : [],
      };
      const { status, body } = await request(call, 'employees');
      if (status === 404) return null;
      const { data, meta } = parsed(rosterSchema, body, 'a page of employees');
      return { people: data, total: meta.total, next: meta.page.nextCursor?.trim() || null };
    },
    async report(aliases, { ids, withFuture = false, nobody = false } = {}) {
      const filters = {
        ...(ids && { employeeIds: ids.map(Number) }),
        ...(nobody && { lastChanged: { value: NEVER, includeNull: 'no' } }),
      };
      const json = { title: 'hrsync', fields: aliases, ...(Object.keys(filters).length > 0 && { filters }) };
      const query = { format: 'json', onlyCurrent: !withFuture };
      const { status, body } = await ask(REPORT, json, 'reports', query);
      if (status >= 400) return null;
      const { fields: columns, employees } = parsed(reportSchema, body, 'the report');
      return { columns: columns.map(({ id }) => id), people: employees };
    },
    async dataset(names, page, pageSize = DATASET_PAGE) {
      // Without an order pages may overlap, and what is ordered by must be asked for.
      const wanted = [...new Set(['eeid', ...names])];
      const { status, body } = await ask(DATASET, { fields: wanted, orderBy: 'eeid asc', page, pageSize }, RIGHT);
      if (status >= 400) throw new PermissionError(TITLE, [RIGHT], `HTTP status ${status}`);
      const { data, meta } = parsed(datasetSchema, body, `page ${page} of the data set of employees`);
      return { rows: data, total: meta.totalItems, pages: meta.totalPages };
    },
    async datasetFields() {
      const all: DatasetField[] = [];
      for (let page = 1; ; page += 1) {
        const body = await get(DATASET_FIELDS, RIGHT, { page, page_size: 1_000 });
        const read = parsed(datasetFieldsSchema, body, 'the fields of the data set');
        all.push(...read.fields);
        // A page out of range brings the nearest one, so an empty page is no end to wait for.
        if (page >= (read.pagination?.total_pages ?? 1)) return all;
        if (page >= MOST_FIELD_PAGES) throw new IncompleteReadError(TITLE, ['the fields of the data set do not end']);
      }
    },
    async changed(since) {
      const query = { since: `${since.toISOString().slice(0, 19)}Z` };
      const body = await get('/v1/employees/changed', 'changed employees', query);
      const { employees } = parsed(changedSchema, body, 'the list of changed employees');
      return new Map(Object.entries(employees).map(([id, { action }]) => [id, action]));
    },
    async find(id) {
      const path = `/v1/employees/${encodeURIComponent(id)}`;
      const call: HttpRequest = { method: 'GET', path, query: { fields: 'id' }, accept: [403, 404] };
      const { status, headers, body } = await request(call, 'employees');
      if (status < 300) return entryOf(body, 'id') === undefined ? 'unclear' : 'known';
      // A proxy's 404 says nothing about anybody.
      if (headers['x-bamboohr-error-message'] === undefined && headers['x-request-id'] === undefined) return 'unclear';
      return status === 403 ? 'hidden' : 'gone';
    },
  };
}

const RIGHT = 'the data set of employees';
/** Pages of 1,000 fields. */
const MOST_FIELD_PAGES = 20;
