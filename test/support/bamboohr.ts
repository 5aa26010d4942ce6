import { createServer } from 'node:http';
import * as z from 'zod';
import { bamboohr } from '../../src/sandbox/bamboohr/index.js';
import type { BambooHRSettingsInput } from '../../src/sandbox/bamboohr/settings.js';
import { applyEvent, moveTo } from '../../src/sandbox/company/calendar.js';
import type { Person } from '../../src/sandbox/company/company.js';
import type { CompanyEvent } from '../../src/sandbox/company/events.js';
import { makeCompany } from '../../src/sandbox/company/make-company.js';

/** The day on which every stage begins, at nine in the morning, UTC. */
export const TODAY = '2026-11-24';
export const KEY = '00112233445566778899aabbccddeeff00112233';
export const OTHER_KEY = 'ffeeddccbbaa99887766554433221100ffeeddcc';

const row = z.record(z.string(), z.unknown());
const rosterSchema = z.object({
  data: z.array(row),
  meta: z.object({
    total: z.number(),
    page: z.object({ limit: z.number(), nextCursor: z.string().nullable(), prevCursor: z.string().nullable() }),
  }),
  _links: z.record(z.string(), z.string()),
});
const reportSchema = z.object({
  title: z.string(),
  fields: z.array(z.object({ id: z.string(), type: z.string(), name: z.string() })),
  employees: z.array(row),
});
const datasetSchema = z.object({
  data: z.array(z.object({ fields: row, _restrictedFields: z.array(z.string()).optional() })),
  links: z.object({ next: z.string().nullable(), prev: z.string().nullable() }),
  meta: z.object({ page: z.number(), pageSize: z.number(), totalPages: z.number(), totalItems: z.number() }),
});
const changedSchema = z.object({
  latest: z.string(),
  employees: z.record(z.string(), z.object({ id: z.string(), action: z.string(), lastChanged: z.string() })),
});

/** A delivery as it came in. */
export interface Received {
  readonly body: string;
  readonly json: unknown;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** BambooHR stand-ins and receivers of one test file. */
export class BambooHRStages {
  readonly #open: { stop(): Promise<void> }[] = [];

  /** Ends whatever a test has started. */
  readonly stop = async (): Promise<void> => {
    await Promise.all(this.#open.splice(0).map((one) => one.stop()));
  };

  /** Starts BambooHR on a company of 130 people. */
  async start(input: BambooHRSettingsInput = {}) {
    const company = makeCompany({ size: 130, seed: 3, today: TODAY });
    const clock = { now: new Date(`${TODAY}T09:00:00Z`) };
    const settings = { keys: [{ key: KEY }], ...input };
    const system = await bamboohr.start({ company, now: () => clock.now, port: 0 }, settings);
    this.#open.push(system);
    const ask = (path: string, init: RequestInit = {}, headers: Record<string, string> = {}, key = KEY) => {
      const authorization = `Basic ${Buffer.from(`${key}:x`).toString('base64')}`;
      return fetch(`${system.url}${path}`, {
        ...init,
        headers: { authorization, accept: 'application/json', ...headers },
      });
    };
    const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}, key = KEY) =>
      ask(path, { method, body: JSON.stringify(body) }, { 'content-type': 'application/json', ...headers }, key);
    const roster = async (query = 'page[limit]=2500') =>
      rosterSchema.parse(await (await ask(`/v1/employees?${query}`)).json());
    const report = async (fields: readonly unknown[], further: object = {}, onlyCurrent = true) => {
      const path = `/v1/reports/custom?format=json&onlyCurrent=${onlyCurrent}`;
      return reportSchema.parse(await (await send('POST', path, { title: 'T', fields, ...further })).json());
    };
    const dataset = async (body: object) =>
      datasetSchema.parse(await (await send('POST', '/v2/datasets/employee/data', body)).json());
    const changed = async (query: string) =>
      changedSchema.parse(await (await ask(`/v1/employees/changed?${query}`)).json());
    const happens = (event: CompanyEvent): Person | null => {
      const person = applyEvent(company, event, clock.now);
      system.happened?.(event, person?.id ?? null);
      return person;
    };
    const passes = (day: string): void => {
      moveTo(company, day);
      clock.now = new Date(`${day}T09:00:00Z`);
      system.dayCame?.();
    };
    const people = company.people;
    const someone = (is: (person: Person) => boolean): Person => {
      const found = people.find(is);
      if (found === undefined) throw new Error('nobody is like that');
      return found;
    };
    const rowOf = async ({ id }: Pick<Person, 'id'>, fields: readonly string[], onlyCurrent = true) =>
      (await report(fields, { filters: { employeeIds: [id] } }, onlyCurrent)).employees[0];
    return {
      ...{
        company,
        people,
        clock,
        system,
        ask,
        send,
        roster,
        report,
        dataset,
        changed,
        happens,
        passes,
        someone,
        rowOf,
      },
    };
  }

  /** A receiver of webhooks that answers with the given statuses, and with 200 once they are used up. */
  async receiver(...statuses: readonly number[]) {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        response.writeHead(statuses[received.length] ?? 200).end();
        received.push({ body, json: JSON.parse(body), headers: request.headers });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#open.push({
      stop: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    });
    const address = server.address();
    return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/hook`, received };
  }
}
