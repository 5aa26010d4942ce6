import { createHash, hash as hashOf } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { sayMinute } from '../../core/instant.js';
import { InterruptedError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import type { KnownPeople, NamedPage, ReadFacts, SourceRecord } from '../source.js';
import { broken, isWidespread } from './broken.js';
import { type Column, findColumns, OPTIONAL_FIELDS, refuseUnnamed } from './columns.js';
import { codeOf, type FoundFile, unusable } from './file.js';
import { RecordReader } from './record.js';
import type { CsvSettings } from './settings.js';
import { type Survey, Surveyor } from './survey.js';
import { openTable, type Row, type Table } from './table.js';
import { holdToMark, wholeFile } from './whole.js';

/** `known`: whom the state knows; null where nobody said. */
type World = Pick<AdapterWorld, 'now' | 'sleep' | 'log' | 'signal'> & { readonly known: KnownPeople | null };

/** Number of people on one page. */
const PAGE_SIZE = 500;
/** Number of bytes read at once. */
const CHUNK = 256 * 1024;

/** A file that proved whole, and what a first look at all of it found. */
export interface Surveyed {
  readonly file: FoundFile;
  readonly handle: FileHandle;
  readonly header: readonly string[];
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: readonly Column[];
  readonly survey: Survey;
  /** Digest of its bytes. */
  readonly digest: string;
}

/**
 * Reads the file twice: once to learn whether it can be believed, and once for the people. `ids` asks for some people only.
 * Nobody is given before the whole file has been looked at.
 */
export async function* readPeople(
  settings: CsvSettings,
  world: World,
  fields: readonly string[],
  ids: readonly string[] | null,
): AsyncGenerator<NamedPage, ReadFacts> {
  refuseUnnamed(fields, settings);
  const file = await wholeFile(settings, world);
  const handle = await openFile(file);
  try {
    const surveyed = await surveyFile({ file, handle }, settings, world.signal);
    const survey = await withKnownManagers(surveyed.survey, world.known);
    const reader = new RecordReader(surveyed.columns, fields, survey, settings);
    const wanted = ids === null ? null : new Set(ids);
    const table = await openTable(chunksOf(handle, world.signal), settings, file.name);
    const total = wanted === null ? surveyed.survey.people : null;
    let pages = 0;
    for await (const records of pagesOf(table, reader, surveyed, wanted)) {
      pages += 1;
      yield { records, total, absent: [] };
    }
    await holdToMark(file);
    const absent = settings.mode === 'changes' ? [] : (ids ?? []).filter((id) => !surveyed.survey.ids.has(id));
    if (absent.length > 0) yield { records: [], total, absent };
    return factsOf(surveyed, { settings, fields, pages, total, notices: reader.notices });
  } finally {
    await handle.close();
  }
}

/** Adds managers who are not in the file and whom the state knows. */
async function withKnownManagers(survey: Survey, known: KnownPeople | null): Promise<Survey> {
  const unknown = [...survey.managersNamed].filter((key) => !survey.managers.has(key));
  if (unknown.length === 0 || known === null) return survey;
  return { ...survey, managers: new Map([...survey.managers, ...(await known.idsByEmail(unknown))]) };
}

interface Told {
  readonly settings: CsvSettings;
  readonly fields: readonly string[];
  readonly pages: number;
  readonly total: number | null;
  readonly notices: readonly string[];
}

function factsOf({ file, columns, digest }: Surveyed, { settings, fields, pages, total, notices }: Told): ReadFacts {
  const present = columns.map(({ field }) => field);
  const without = OPTIONAL_FIELDS.filter((field) => fields.includes(field) && !present.includes(field));
  const written = sayMinute(new Date(file.modifiedAt).toISOString());
  return {
    ...{ pages, totalAtStart: total, totalAtEnd: total },
    presentFields: new Set([...present, ...without, ...(settings.status.default === undefined ? [] : ['status'])]),
    absentFields: without,
    notices: [`${file.name} was written on ${written}`, ...notices],
    bytes: { digest, unchanged: settings.unchanged_file, name: file.name },
  };
}

/** Opens a file for reading. */
export async function openFile({ path }: FoundFile): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw unusable(path, codeOf(error), error);
  }
}

/** Looks at the whole file once. Throws where it cannot be believed. */
export async function surveyFile(
  { file, handle }: Pick<Surveyed, 'file' | 'handle'>,
  settings: CsvSettings,
  signal: AbortSignal,
): Promise<Surveyed> {
  const bytes = createHash('sha256');
  const table = await openTable(
    chunksOf(handle, signal, (chunk) => void bytes.update(chunk)),
    settings,
    file.name,
  );
  const columns = findColumns(table.header, settings, file.name);
  const isOneByte = table.encoding === 'windows-1252' || table.encoding === 'iso-8859-1';
  const surveyor = new Surveyor(columns, settings, { name: file.name, isOneByte });
  for await (const rows of table.rows) for (const row of rows) surveyor.look(row);
  await holdToMark(file);
  const survey = surveyor.result();
  // The same bytes read by another config are another read.
  const reading = JSON.stringify(columns.map(({ field, header }) => [field, header]));
  const digest = hashOf('sha256', bytes.digest('hex') + reading, 'base64');
  const { header, encoding, delimiter } = table;
  return { file, handle, header, encoding, delimiter, columns, survey, digest };
}

/** The people of a file by pages. All rows of somebody who stands on several come on one page, the last one. */
async function* pagesOf(
  table: Table,
  reader: RecordReader,
  { survey, file }: Surveyed,
  wanted: ReadonlySet<string> | null,
): AsyncGenerator<readonly SourceRecord[]> {
  const repeated = new Map<string, Map<string, Row>>();
  let page: SourceRecord[] = [];
  for await (const rows of table.rows) {
    for (const row of rows) {
      const id = reader.idOf(row);
      if (wanted !== null && (id === null || !wanted.has(id))) continue;
      if (id === null || !survey.repeated.has(id)) page.push(reader.read(row));
      else repeated.set(id, (repeated.get(id) ?? new Map<string, Row>()).set(reader.portrait(row), row));
      if (page.length < PAGE_SIZE) continue;
      yield page;
      page = [];
    }
  }
  const differing = [...repeated.values()].filter(({ size }) => size > 1).length;
  if (isWidespread(differing, survey.people)) {
    throw broken(
      `${differing} people stand on several different rows of ${file.name}: the report lists positions or periods; have it list one row a person`,
    );
  }
  for (const rows of repeated.values()) for (const row of rows.values()) page.push(reader.read(row));
  if (page.length > 0) yield page;
}

export async function* chunksOf(
  handle: FileHandle,
  signal: AbortSignal,
  look: (chunk: Buffer) => void = () => undefined,
): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    if (signal.aborted) throw new InterruptedError();
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    const chunk = buffer.subarray(0, bytesRead);
    look(chunk);
    yield chunk;
    position += bytesRead;
  }
}
