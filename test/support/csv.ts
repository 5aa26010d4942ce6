import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { customKeys } from '../../src/sandbox/company/organisation.js';
import type { Company, Person } from '../../src/sandbox/index.js';
import type { ConfigChanges } from './config.js';
import type { Connect, Connector } from './connector.js';

/** HR field → header of the files that tests write. */
export const CSV_COLUMNS = {
  id: 'Personnel number',
  first_name: 'First name',
  last_name: 'Last name',
  work_email: 'E-mail',
  job_title: 'Position',
  department: 'Department',
  team: 'Team',
  work_location: 'Office',
  legal_entity: 'Legal entity',
  cost_center: 'Cost centre',
  start_date: 'Hire date',
  termination_date: 'Last day',
  status: 'Status',
  manager: 'Supervisor',
  badge: 'Badge',
  skills: 'Skills',
  certified: 'Certified on',
} as const;

/** The header of employee numbers. */
export const NUMBER_COLUMN = 'Employee number';

/** How an export writes people down. */
export interface ExportOptions {
  readonly people?: readonly Person[];
  /** The id of a person; of seven digits unless said otherwise. */
  readonly idOf?: (person: Pick<Person, 'id'>) => string;
  readonly header?: readonly string[];
  /** The employee number of a person; with it the file has a column `Employee number`. */
  readonly numberOf?: (person: Pick<Person, 'id'>) => string;
  /** What names a manager: the id, unless said otherwise. */
  readonly managerBy?: 'id' | 'email';
  /** Whether a last row `TOTAL` gives the number of rows. */
  readonly trailer?: boolean;
}

/** The id that the export gives to a person: seven digits, with leading zeros. */
export function csvId({ id }: Pick<Person, 'id'>): string {
  return String(id).padStart(7, '0');
}

/** The company as an HR system would export it: a row for everybody, those who left included. */
export function csvOf(company: Company, options: ExportOptions = {}): string {
  const { people = company.people, idOf = csvId, numberOf, trailer = false, managerBy = 'id' } = options;
  const { header = [...Object.values(CSV_COLUMNS), ...(numberOf === undefined ? [] : [NUMBER_COLUMN])] } = options;
  const rows = people.map((person) => [
    ...rowOf(person, company, idOf, managerBy),
    ...(numberOf === undefined ? [] : [numberOf(person)]),
  ]);
  const last = trailer ? [['TOTAL', String(rows.length)]] : [];
  return `${[header, ...rows, ...last].map((cells) => cells.map(quoted).join(';')).join('\r\n')}\r\n`;
}

function rowOf(
  person: Person,
  company: Company,
  idOf: (person: Pick<Person, 'id'>) => string,
  managerBy: 'id' | 'email',
): readonly string[] {
  const manager = company.people.find(({ id }) => id === person.supervisorId);
  const named = (units: Company['departments'], id: number | null) => units.find((one) => one.id === id)?.name ?? '';
  const centers = person.costCenterIds.map((id) => named(company.costCenters, id));
  return [
    ...[idOf(person), person.firstName, person.lastName, person.email ?? '', person.position ?? ''],
    ...[named(company.departments, person.departmentId), named(company.teams, person.teamId)],
    ...[
      named(company.offices, person.officeId),
      named(company.legalEntities, person.legalEntityId),
      centers.join('|'),
      person.hireDate ?? '',
      person.terminationDate ?? '',
    ],
    person.status,
    manager === undefined ? '' : managerBy === 'id' ? idOf(manager) : (manager.email ?? ''),
    ...[customKeys.badge, customKeys.skills, customKeys.certified].map((key) =>
      [person.custom[key] ?? ''].flat().join('|'),
    ),
  ];
}

function quoted(cell: string): string {
  return /[";\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Writes the file that the connector reads, as if that had been `age` seconds before an instant. */
export async function writeExport(
  connector: Connector,
  content: string | Buffer,
  age = 600,
  before: Date = new Date(),
): Promise<string> {
  const path = join(connector.folder, 'people.csv');
  await writeFile(path, content);
  const at = before.getTime() / 1_000 - age;
  await utimes(path, at, at);
  return path;
}

/** Opens a connector whose source is a file with everybody. */
export async function connectCsv(
  connect: Connect,
  options: { readonly people?: number; readonly config?: ConfigChanges } = {},
): Promise<Connector> {
  const connector = await connect({ people: options.people ?? 30 });
  await configureCsv(connector, options.config);
  await writeExport(connector, csvOf(connector.company));
  return connector;
}

/** Writes the config anew, with changes to the usual one. */
export async function configureCsv(connector: Connector, changes: ConfigChanges = {}): Promise<void> {
  const none = { base_url: null, client_id: null, client_secret: null, requests_per_second: null };
  await connector.configure({
    ...changes,
    source: { ...none, type: 'csv', path: './people.csv', columns: CSV_COLUMNS, ...changes.source },
    mapping: {
      custom_fields: {
        'Cost centre': 'cost_center',
        Badge: { from: 'badge', type: 'integer', when_empty: 'keep' },
        Skills: 'skills',
        'Certified on': 'certified',
      },
      ...changes.mapping,
    },
  });
}
