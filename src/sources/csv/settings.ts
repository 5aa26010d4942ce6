import * as z from 'zod';
import { readPattern } from '../../pattern.js';
import { STATUSES, statusMapSchema } from '../kit/status-words.js';
import { datePattern } from './dates.js';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time such as `60s`, `15m`, `26h` or `3d`, in milliseconds. */
const span = z
  .string()
  .regex(/^\d+[smhd]$/, { error: 'must be a time such as 60s, 15m, 26h or 3d' })
  .transform((text) => Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? 0));

const header = z.string().min(1);

const trailer = z.string().transform((source, context) => {
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  if (!/\((?!\?)/.test(source)) return refuse('must have one group for the number of rows, such as "^TOTAL;(\\d+)$"');
  return readPattern(source, refuse);
});

const date = z.string().transform((written, context) => {
  const pattern = datePattern(written);
  if (pattern !== null) return pattern;
  context.addIssue({ code: 'custom', message: 'must hold yyyy, MM (or M, MMM) and dd (or d), such as dd.MM.yyyy' });
  return z.NEVER;
});

// What `init` shows. The right side is for the operator to write.
const EXAMPLE = {
  ...{ id: 'Personnel number', first_name: 'First name', last_name: 'Last name', work_email: 'E-mail' },
  ...{ job_title: 'Position', department: 'Department', team: 'Team', work_location: 'Office' },
  ...{ legal_entity: 'Legal entity', start_date: 'Hire date', termination_date: 'Last day' },
  ...{ status: 'Status', manager: 'Supervisor' },
};

/** The `source` block of a config with `type: csv`. */
export const csvSettings = z
  .strictObject({
    /** One file, or a pattern with * and ? in its last part: then the last file by name is read. */
    path: z
      .string()
      .min(1)
      .meta({
        title: 'Path of the file; with * or ? in its name the last by name is read',
        examples: ['./people.csv'],
      }),
    /** HR field → its header, or several of which the first that the file has counts. */
    columns: z
      .record(z.string().min(1), z.union([header, z.array(header).min(1)]))
      .refine((columns) => Object.hasOwn(columns, 'id'), {
        error: 'must name the column of id: what identifies a person for good',
      })
      .meta({ examples: [EXAMPLE] }),
    delimiter: z
      .union([z.literal('auto'), z.literal('tab').transform(() => '\t'), z.string().length(1)])
      .default('auto'),
    quote: z.string().length(1).default('"'),
    /** Number of header rows; the first one counts. SuccessFactors writes its labels into a second one. */
    header_rows: z.union([z.literal(1), z.literal(2)]).default(1),
    encoding: z.enum(['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1']).default('auto'),
    decimal: z.enum(['.', ',']).default('.'),
    dates: z.array(date).min(1).prefault(['yyyy-MM-dd']),
    empty_values: z.array(z.string()).default(['', '-', 'n/a', 'NULL']),
    status: z
      .strictObject({
        map: statusMapSchema,
        default: z.enum(STATUSES).optional(),
      })
      .prefault({}),
    manager_by: z.enum(['id', 'email', 'employee_number']).default('id'),
    list_separator: z.string().min(1).default('|'),
    mode: z.enum(['full', 'changes']).default('full'),
    complete_when: z
      .union([
        z.strictObject({ settled_for: span }),
        z.strictObject({ done_file: z.string().min(1) }),
        z.strictObject({ trailer }),
      ])
      .prefault({ settled_for: '60s' }),
    max_age: z.union([z.literal('never').transform(() => null), span]).prefault('26h'),
    unchanged_file: z.enum(['note', 'refuse']).default('note'),
    // The contract gives every adapter these keys; a file has no use for them.
    requests_per_second: z.number().positive().optional(),
    concurrency: z.int().min(1).optional(),
    timeout_seconds: z.number().positive().optional(),
    proxy: z.string().optional(),
    ca_file: z.string().optional(),
  })
  .superRefine(({ columns, manager_by, status }, context) => {
    const needs = manager_by === 'email' ? 'work_email' : manager_by === 'employee_number' ? 'employee_number' : 'id';
    if (Object.hasOwn(columns, 'manager') && !Object.hasOwn(columns, needs)) {
      const message = `is ${manager_by}, so columns must name the column of ${needs}`;
      context.addIssue({ code: 'custom', path: ['manager_by'], message });
    }
    if (Object.hasOwn(columns, 'status') || status.default !== undefined) return;
    const message = 'must name the column of status; where the file has none, write status: { default: active }';
    context.addIssue({ code: 'custom', path: ['columns'], message });
  });

export type CsvSettings = z.infer<typeof csvSettings>;
