import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { csv } from '../../../src/sources/csv/index.js';
import type { Source } from '../../../src/sources/source.js';
import { readAll, testWorld } from './stage.js';

/** Columns of the small files that the tests write. */
export const COLUMNS = {
  id: 'ID',
  first_name: 'First',
  last_name: 'Last',
  work_email: 'Mail',
  status: 'Status',
  start_date: 'Start',
  termination_date: 'End',
  manager: 'Boss',
} as const;

export const HEADER = 'ID,First,Last,Mail,Status,Start,End,Boss';
/** Two people: one leads the other. */
export const ANN = '007,Ann,Ace,ann@acme.example,active,2020-02-01,,';
export const BOB = '008,Bob,Bee,bob@acme.example,active,2021-03-04,,007';

/** HR fields that a run asks for. */
export const FIELDS = ['status', 'start_date', 'termination_date', 'first_name', 'last_name', 'work_email', 'manager'];

/** A folder with files, and a source that reads one of them. */
export class CsvStage {
  constructor(readonly folder: string) {}

  /** Writes a file as if it had been written `age` seconds ago. */
  async write(content: string | Buffer, { name = 'people.csv', age = 300 } = {}): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, content);
    const at = Date.now() / 1_000 - age;
    await utimes(path, at, at);
    return path;
  }

  open(settings: object = {}, world: Partial<typeof testWorld> = {}): Source {
    const given = { path: join(this.folder, 'people.csv'), columns: COLUMNS, ...settings };
    return csv.open(csv.settings.parse(given), { ...testWorld, ...world });
  }

  /** Writes a file and reads it. */
  async read(content: string | Buffer, settings: object = {}, fields: readonly string[] = FIELDS) {
    await this.write(content);
    return readAll(this.open(settings), fields);
  }

  /** Reads a file that must not be believed, and gives the error. */
  async failure(content: string | Buffer, settings: object = {}, fields: readonly string[] = FIELDS) {
    return this.read(content, settings, fields).then(
      () => new Error('the read went well'),
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
  }

  /** The ids that a file brings, in order. */
  async ids(content: string | Buffer, settings: object = {}) {
    return (await this.read(content, settings)).employees.map(({ id }) => id);
  }
}

/** A test that may write files. */
export const test = base.extend<{ stage: CsvStage }>({
  // biome-ignore lint/correctness/noEmptyPattern: the test runner reads the names of fixtures from here
  stage: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'hrsync-csv-'));
    await use(new CsvStage(folder));
    await rm(folder, { recursive: true, force: true });
  },
});

/** Rows as a file. */
export function lines(...rows: readonly string[]): string {
  return `${rows.join('\r\n')}\r\n`;
}

/** So many people, each as a row made from a number of four digits. */
export function many(count: number, row: (number: string) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => row(String(index + 1).padStart(4, '0')));
}
