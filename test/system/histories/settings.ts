import * as z from 'zod';
import type { Config } from '../../../src/config/config.js';
import { neededFields } from '../../../src/config/needed-fields.js';
import { parseConfig } from '../../../src/config/parse.js';
import { compileMapping, type Mapping } from '../../../src/core/mapping.js';
import type { SourceDefinition } from '../../../src/sources/source.js';
import type { TargetDefinition } from '../../../src/targets/target.js';
import { ANY_TYPES } from '../../support/any-types.js';

/** What a history's operator has chosen. */
export interface Choice {
  readonly outOfScope: 'keep' | 'deactivate';
  readonly maxDeactivations: '100%' | '1';
  readonly existingStaff: 'skip' | 'send';
  /** Left out: what a config has that does not say. */
  readonly maxClears?: '100%';
  /** `shipped`: the limits that a config has which does not say. */
  readonly limits?: 'open' | 'shipped';
}

/** The config of a history, read as a run reads it. */
export interface Settings {
  readonly config: Config;
  readonly mapping: Mapping;
  readonly neededFields: readonly string[];
}

const FIELDS = ['first_name', 'last_name', 'email', 'job_title', 'primary_team'] as const;
const closed = (): never => {
  throw new Error('histories bring their own adapters');
};
const source: SourceDefinition = { type: 'personio', title: 'Model HR', settings: z.strictObject({}), open: closed };
const target: TargetDefinition = {
  type: 'learnamp',
  title: 'Model LMS',
  types: ANY_TYPES,
  settings: z.strictObject({}),
  open: closed,
  fields: [
    { name: 'external_id', type: 'text', required: true, choices: null },
    ...FIELDS.map((name) => ({
      name,
      type: name === 'email' ? ('email' as const) : ('text' as const),
      required: name === 'email' || name === 'first_name',
      choices: null,
    })),
    { name: 'manager', type: 'employee', required: false, choices: null },
  ],
};

const known = new Map<string, Promise<Settings>>();

/** Reads the config that a choice stands for; each once. */
export function settingsFor(choice: Choice): Promise<Settings> {
  const text = textFor(choice);
  const settings = known.get(text) ?? read(text);
  known.set(text, settings);
  return settings;
}

async function read(text: string): Promise<Settings> {
  const config = await parseConfig(text, {
    file: '/etc/hrsync/acme.yaml',
    readableByOthers: false,
    outside: { variable: () => undefined, file: closed, command: closed },
    sources: { personio: async () => source, kombo: async () => source },
    targets: { learnamp: async () => target },
  });
  return { config, mapping: compileMapping(config.mapping, target.fields), neededFields: neededFields(config) };
}

const OPEN = ', max_email_changes: 100%, max_adoptions: 100%, max_left_out: 100%, min_known: 0%';

function textFor({ outOfScope, maxDeactivations, existingStaff, maxClears, limits }: Choice): string {
  return `
version: 1
name: acme
timezone: UTC
source: { type: personio }
target: { type: learnamp }
mapping: { first_name: first_name, last_name: last_name, email: work_email, job_title: job_title,
           primary_team: department, manager: manager }
employees: { filter: [{ field: legal_entity, in: [Acme GmbH] }] }
invitations: { existing_staff: ${existingStaff} }
deactivation: { out_of_scope: ${outOfScope} }
safety: { max_deactivations: ${maxDeactivations}, min_population: 3, min_employees: 50%${
    limits === 'shipped' ? '' : OPEN
  }${maxClears ? `, max_clears: ${maxClears}` : ''} }
`;
}
