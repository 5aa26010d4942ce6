import { createHttpClient } from '../../http/axios-client.js';
import type { HttpRequest } from '../../http/client.js';
import { clientOptions } from '../../http/settings.js';
import type { AdapterWorld } from '../../http/world.js';
import { mayPass, parsed, TITLE, translated } from './failure.js';
import { allRows, type KomboPage } from './pages.js';
import {
  type CustomField,
  customFieldSchema,
  entriesOf,
  type Group,
  groupSchema,
  type Integration,
  type IntegrationField,
  integrationFieldSchema,
  integrationSchema,
  pageSchema,
  unitSchema,
} from './schema.js';
import { addressOf, type KomboSettings } from './settings.js';

/** The most rows that Kombo gives on one page; of integration fields it gives more. */
export const PAGE_SIZE = 250;

/** The calls of Kombo's API that a source needs. They throw what `sources/source` promises. */
export interface KomboClient {
  /** Kombo's clock minus ours in ms, or null before any answer that tells. */
  clockSkew(): number | null;
  integration(): Promise<Integration>;
  /**
   * https://docs.kombo.dev/hris/implementation-guide/reading-employees; deleted people are on it too. Of several filters
   * all must hold, of several values of one any.
   */
  employees(cursor: string | null, filters?: Filters, pageSize?: number): Promise<KomboPage>;
  groups(): Promise<readonly Group[]>;
  /** The ids of those units of one kind of which the record itself changed after an instant, deleted ones included. */
  changedUnits(list: UnitList, after: string): Promise<readonly string[]>;
  customFields(): Promise<readonly CustomField[]>;
  integrationFields(): Promise<readonly IntegrationField[]>;
}

/** Filters of a list by their names; lists are one text with commas. */
export type Filters = Readonly<Record<string, string>>;

/** What people belong to, by the last part of its path. */
export type UnitList = 'groups' | 'locations' | 'legal-entities';

/** Opens the API for one key and one integration. */
export function createKomboClient(settings: KomboSettings, world: AdapterWorld): KomboClient {
  const http = createHttpClient({
    system: TITLE,
    baseUrl: addressOf(settings),
    ...clientOptions(settings),
    // A key does not run out and cannot be renewed.
    authorization: {
      headers: () => Promise.resolve({ authorization: `Bearer ${settings.api_key}` }),
      renew: () => false,
    },
    mayPass,
    world,
  });
  const integrationPath = `/integrations/${encodeURIComponent(settings.integration_id)}`;

  async function get(path: string, query: HttpRequest['query'] = {}): Promise<unknown> {
    // Wanted by every call below /hris, and ignored by the others.
    const headers = { 'X-Integration-Id': settings.integration_id };
    try {
      return (await http.request({ method: 'GET', path, query, headers })).body;
    } catch (error) {
      throw translated(error);
    }
  }

  // A cursor remembers no filter: whatever the first page was asked with goes along with every other.
  async function page(path: string, query: HttpRequest['query'], cursor: string | null): Promise<KomboPage> {
    const body = await get(path, { ...query, ...(cursor !== null && { cursor }) });
    const { next, results } = parsed(pageSchema, body, `a page of ${path}`).data;
    return { rows: results, next: next?.trim() ? next : null };
  }

  const list = (path: string, filters: HttpRequest['query'] = {}) =>
    allRows((cursor) => page(path, { page_size: PAGE_SIZE, ...filters }, cursor), path);

  return {
    clockSkew: () => http.clockSkew(),
    async integration() {
      return parsed(integrationSchema, await get(integrationPath), 'the integration').data;
    },
    employees: (cursor, filters = {}, pageSize = PAGE_SIZE) =>
      page('/hris/employees', { page_size: pageSize, include_deleted: true, ...filters }, cursor),
    groups: async () => entriesOf(groupSchema, await list('/hris/groups')),
    async changedUnits(name, after) {
      const rows = await list(`/hris/${name}`, { updated_after: after, include_deleted: true });
      return entriesOf(unitSchema, rows).map(({ id }) => id);
    },
    customFields: async () => entriesOf(customFieldSchema, await list(`${integrationPath}/custom-fields`)),
    integrationFields: async () =>
      entriesOf(integrationFieldSchema, await list(`${integrationPath}/integration-fields`)),
  };
}
