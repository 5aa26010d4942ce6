import { count } from '../../core/count.js';
import { HrsyncError, IncompleteReadError, PermissionError, UsageError } from '../../errors.js';
import type { AdapterWorld, Finding } from '../../http/world.js';
import type { OfflineLook, SourceField } from '../source.js';
import { kindsOf, OPTIONAL_FIELDS, TYPES, unnamedFields } from './columns.js';
import { openFile, type Surveyed, surveyFile } from './read.js';
import type { CsvSettings } from './settings.js';
import { spanText, wholeFile } from './whole.js';

type World = Pick<AdapterWorld, 'now' | 'sleep' | 'log' | 'signal'>;

/** Looks at the file as a read would: where it is, how old, its form, its columns, its dates. Changes nothing. */
export async function checkFile(
  settings: CsvSettings,
  world: World,
  fields: readonly string[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const surveyed = await lookAtFile(settings, world);
    findings.push(...fileFindings(surveyed, world.now()));
    findings.push(...fieldFindings(surveyed, settings, fields));
  } catch (error) {
    findings.push(findingFor(error));
  }
  return findings;
}

/** The HR fields that the config names a column for. */
export async function fieldsOf(settings: CsvSettings, world: World): Promise<readonly SourceField[]> {
  const { columns } = await lookAtFile(settings, world);
  const named = columns.map(
    ({ field, header, kind }): SourceField => ({ name: field, label: header, type: TYPES[kind] }),
  );
  if (settings.status.default === undefined || columns.some(({ kind }) => kind === 'status')) return named;
  return [...named, { name: 'status', label: null, type: 'text' }];
}

/** What the config tells of the columns that it names, whatever the file holds. */
export function lookOffline(settings: CsvSettings, fields: readonly string[]): OfflineLook {
  const named = kindsOf(settings).map(({ field, kind }) => ({ name: field, type: TYPES[kind] }));
  return { fields: named, findings: unnamedFindings(fields, settings) };
}

async function lookAtFile(settings: CsvSettings, world: World): Promise<Surveyed> {
  const file = await wholeFile(settings, world);
  const handle = await openFile(file);
  try {
    return await surveyFile({ file, handle }, settings, world.signal);
  } finally {
    await handle.close();
  }
}

function fileFindings({ file, encoding, delimiter, survey, header, columns }: Surveyed, now: Date): Finding[] {
  const age = spanText(now.getTime() - file.modifiedAt);
  const shown = delimiter === '\t' ? 'tab' : `"${delimiter}"`;
  const people = count(survey.people, 'person', 'people');
  return [
    { level: 'ok', subject: file.path, message: `written ${age} ago, ${file.size} bytes` },
    { level: 'ok', subject: 'form', message: `${encoding}, delimiter ${shown}, ${header.length} columns` },
    { level: 'ok', subject: 'employees', message: `${people} on ${survey.rows} rows` },
    ...otherColumns({ header, columns }),
    ...[...survey.unreadDates].map(([field, texts]): Finding => {
      const shownTexts = texts.slice(0, 3).map((text) => `"${text.slice(0, 40)}"`);
      const message = `${shownTexts.join(', ')} fit no pattern of source.dates: these people wait`;
      return { level: 'warning', subject: `dates of ${field}`, message };
    }),
  ];
}

function otherColumns({ header, columns }: Pick<Surveyed, 'header' | 'columns'>): Finding[] {
  const others = header.filter((label, index) => {
    return label.trim() !== '' && !columns.some((column) => column.index === index);
  });
  if (others.length === 0) return [];
  const message = `not read, since source.columns does not name them: ${others.slice(0, 60).join(', ')}`;
  return [{ level: 'ok', subject: 'other columns', message }];
}

function fieldFindings({ columns }: Surveyed, settings: CsvSettings, fields: readonly string[]): Finding[] {
  const missing = unnamedFindings(fields, settings);
  const optional = OPTIONAL_FIELDS.filter(
    (field) => fields.includes(field) && !columns.some((column) => column.field === field),
  ).map((field): Finding => {
    const message = `no column is named for it (source.columns.${field}), so nothing is known of it`;
    return { level: 'warning', subject: `field ${field}`, message };
  });
  if (missing.length + optional.length > 0) return [...missing, ...optional];
  return [{ level: 'ok', subject: 'columns', message: `all ${fields.length} needed HR fields have one` }];
}

function unnamedFindings(fields: readonly string[], settings: CsvSettings): Finding[] {
  return unnamedFields(fields, settings).map((field) => {
    const message = `no column is named for it: add source.columns.${field}, or take the field out of the config`;
    return { level: 'error', subject: `field ${field}`, message, cause: 'config' };
  });
}

function findingFor(error: unknown): Finding {
  if (error instanceof PermissionError) {
    const message = `${error.missing.map((header) => `"${header}"`).join(', ')}: ${error.detail}`;
    return { level: 'error', subject: 'columns', message, cause: 'credentials' };
  }
  if (error instanceof IncompleteReadError) {
    return { level: 'error', subject: 'file', message: error.findings.join('; '), cause: 'unreachable' };
  }
  if (error instanceof UsageError) {
    return { level: 'error', subject: 'file', message: error.message, cause: 'config' };
  }
  throw error instanceof HrsyncError ? error : new Error('the file could not be looked at', { cause: error });
}
