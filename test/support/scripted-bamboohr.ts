import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One answer; a body that is text is sent as it is. */
export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** One request as it came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly json: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage['headers'];
}

type Answer = (asked: Asked) => Scripted;
type Row = Readonly<Record<string, unknown>>;

/** A BambooHR whose answers a test writes itself, for what no account was ever seen to do twice. */
export interface ScriptedBamboohr {
  readonly url: string;
  readonly asked: Asked[];
  /** Replaces the answer to `METHOD /path`. */
  answer(route: string, answer: Answer): void;
  stop(): Promise<void>;
}

/** The rows of a report as its list of employees, everybody readable. */
export function listOf(rows: readonly Row[], changes: Readonly<Record<string, Row>> = {}): readonly Row[] {
  return rows.map((row) => ({
    employeeId: String(row['id']),
    firstName: row['firstName'] ?? null,
    lastName: row['lastName'] ?? null,
    preferredName: null,
    photoUrl: 'https://photos.example/signed?x=1',
    jobTitleName: row['jobTitle'] ?? null,
    status: row['status'] ?? null,
    hireDate: row['hireDate'] ?? null,
    workEmail: row['workEmail'] ?? null,
    _restrictedFields: [],
    ...changes[String(row['id'])],
  }));
}

/** A page of the list of employees. */
export function rosterPage(
  people: readonly Row[],
  { total = people.length, next = null as string | null } = {},
): Scripted {
  return {
    body: { data: people, meta: { total, page: { limit: 2_500, nextCursor: next, prevCursor: null } }, _links: {} },
  };
}

const FIELDS: readonly (readonly [id: number | string, name: string, type: string, alias: string])[] = [
  [1, 'First Name', 'text', 'firstName'],
  [2, 'Last Name', 'text', 'lastName'],
  [3, 'Hire Date', 'date', 'hireDate'],
  [4, 'Department', 'list', 'department'],
  [5, 'Status', 'status', 'status'],
  ['91.1', 'Supervisor EID', 'employee', 'supervisorEId'],
  [4011, 'Skills', 'multilist', 'customSkills'],
  [4012, 'Badge', 'int', 'customBadge'],
  [4013, 'First aider', 'checkbox', 'customFirstaider'],
];

/** The fields of the account. */
export const ACCOUNT_FIELDS = FIELDS.map(([id, name, type, alias]) => ({ id, name, type, alias }));

/** Starts one that holds these people; a report shows the fields that it is asked for and that a row has. */
export async function startScriptedBamboohr(rows: readonly Row[]): Promise<ScriptedBamboohr> {
  const asked: Asked[] = [];
  const answers = new Map<string, Answer>([
    ['GET /api/v1/meta/fields', () => ({ body: ACCOUNT_FIELDS })],
    ['GET /api/v1/company_information', () => ({ body: { legalName: 'Acme Ltd', displayName: 'Acme' } })],
    ['GET /api/v1/employees', () => rosterPage(listOf(rows))],
    ['POST /api/v1/reports/custom', ({ json }) => ({ body: reportOf(rows, json) })],
  ]);
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const json = text === '' ? {} : (JSON.parse(text) as Asked['json']);
      const { method = 'GET', headers } = request;
      const one = { method, path: url.pathname, query: url.searchParams, json, headers };
      asked.push(one);
      const {
        status = 200,
        headers: extra = {},
        body = '',
      } = answers.get(`${method} ${url.pathname}`)?.(one) ?? { status: 404 };
      response.writeHead(status, { 'Content-Type': 'application/json', ...extra });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api`,
    asked,
    answer: (route, answer) => answers.set(route, answer),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The answer of a report: columns and rows hold what was asked for and somebody has. */
export function reportOf(rows: readonly Row[], { fields, filters }: Asked['json']): object {
  const wanted = Array.isArray(fields) ? fields.map(String) : [];
  const { employeeIds, lastChanged } = (filters ?? {}) as { employeeIds?: unknown[]; lastChanged?: unknown };
  const columns = wanted.filter((alias) => rows.some((row) => Object.hasOwn(row, alias)));
  const some = rows.filter(({ id }) => employeeIds === undefined || employeeIds.includes(Number(id)));
  return {
    title: 'hrsync',
    fields: [{ id: 'id', type: 'int', name: 'EEID' }, ...columns.map((id) => ({ id, type: 'text', name: id }))],
    employees: (lastChanged === undefined ? some : []).map((row) => ({
      id: row['id'],
      ...Object.fromEntries(Object.entries(row).filter(([alias]) => columns.includes(alias))),
    })),
  };
}
