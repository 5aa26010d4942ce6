import * as z from 'zod';
import type { Config } from '../../../src/config/config.js';
import { type ConfigLook, lookAtText, type ParseOptions, parseConfig } from '../../../src/config/parse.js';
import type { Fetched } from '../../../src/config/references.js';
import type { Trust } from '../../../src/config/trust.js';
import { ConfigError } from '../../../src/errors.js';
import { baseUrlSchema, commonSettings } from '../../../src/http/settings.js';
import type { SourceDefinition } from '../../../src/sources/source.js';
import type { TargetDefinition } from '../../../src/targets/target.js';
import { ANY_TYPES } from '../../support/any-types.js';

const common = commonSettings({ requestsPerSecond: 5, concurrency: 2 });
const credentials = { client_id: z.string().min(1), client_secret: z.string().min(1) };

const source: SourceDefinition = {
  type: 'personio',
  title: 'Personio',
  settings: z.strictObject({ ...credentials, ...common, api: z.enum(['v1', 'v2']).default('v1') }),
  names: { manager_id: 'manager' },
  open: () => {
    throw new Error('no config opens a source');
  },
};

const target: TargetDefinition = {
  type: 'learnamp',
  title: 'Learn Amp',
  fields: [
    { name: 'external_id', type: 'text', required: true, choices: null },
    { name: 'first_name', type: 'text', required: true, choices: null },
    { name: 'email', type: 'email', required: true, choices: null },
    { name: 'job_title', type: 'text', required: false, choices: null },
    { name: 'hire_date', type: 'date', required: false, choices: null },
    { ...{ name: 'role', type: 'text', required: false, choices: null }, givesRights: true, learnerValues: ['viewer'] },
  ],
  types: ANY_TYPES,
  settings: z.strictObject({ ...credentials, ...common, base_url: baseUrlSchema }),
  open: () => {
    throw new Error('no config opens a target');
  },
};

/** What the made-up machine around a config holds. */
export interface MadeUpOutside {
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly commands?: Readonly<Record<string, string>>;
  readonly readableByOthers?: boolean;
  /** Permission bits of files. */
  readonly modes?: Readonly<Record<string, number>>;
  readonly trust?: Trust;
  /** Gathers the commands that ran. */
  readonly ran?: string[];
}

/** Parses a config text against one made-up source and target. */
export function parse(text: string, outside: MadeUpOutside = {}): Promise<Config> {
  return parseConfig(text, optionsOf(outside));
}

/** The same without its commands. */
export function look(text: string, outside: MadeUpOutside = {}): Promise<ConfigLook> {
  return lookAtText(text, optionsOf(outside));
}

function optionsOf(outside: MadeUpOutside): ParseOptions {
  return {
    file: '/etc/hrsync/acme.yaml',
    readableByOthers: outside.readableByOthers ?? false,
    outside: {
      variable: (name) => ({ PERSONIO_SECRET: 'hr-s3cret', LEARNAMP_SECRET: 'lms-s3cret', ...outside.variables })[name],
      file: async (path) => fetched(outside.files?.[path], 'needs a file that is not there'),
      command: async (command) => {
        outside.ran?.push(command);
        return fetched(outside.commands?.[command], 'needs a command that failed with exit code 7');
      },
      mode: async (path) => outside.modes?.[path] ?? null,
    },
    ...(outside.trust && { trust: outside.trust }),
    sources: { personio: async () => source, kombo: async () => source },
    targets: { learnamp: async () => target },
  };
}

/** Every problem of a text, each as `line:column path: message → suggestion`. */
export async function problemsIn(text: string, outside: MadeUpOutside = {}): Promise<string[]> {
  const error = await parse(text, outside).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return [];
  if (!(error instanceof ConfigError)) throw error;
  return error.problems.map(({ line, column, path, message, suggestion }) => {
    return `${line}:${column} ${path}: ${message}${suggestion === null ? '' : ` → ${suggestion}`}`;
  });
}

function fetched(text: string | undefined, failure: string): Fetched {
  return text === undefined ? { failure } : { text };
}

/** The least that works, with one part replaced where a test wants that. */
export function config(parts: Partial<Record<keyof typeof PARTS, string>> = {}): string {
  return Object.values({ ...PARTS, ...parts }).join('\n');
}

const PARTS = {
  head: `version: 1
name: acme
timezone: Europe/Berlin`,
  source: `source:
  type: personio
  client_id: hr-client
  client_secret: \${PERSONIO_SECRET}`,
  target: `target:
  type: learnamp
  base_url: https://lms.acme.example
  client_id: lms-client
  client_secret: \${LEARNAMP_SECRET}`,
  mapping: `mapping:
  first_name: first_name
  email: work_email`,
  rest: '',
};
