import { stringify } from 'yaml';
import type { Sandbox } from '../../src/sandbox/index.js';

/** A section of a config: keys and whatever they hold. */
type Section = Readonly<Record<string, unknown>>;

/** What is laid over the usual config, section by section; null takes a key away. */
export type ConfigChanges = Readonly<
  Partial<
    Record<
      'source' | 'target' | 'mapping' | 'employees' | 'invitations' | 'deactivation' | 'safety' | 'document',
      Section
    >
  >
>;

/** The secrets of the stand-ins, unlike any other text, so that one that gets out is found. */
export const SECRETS = { HR_SECRET: 'hr-secret-7Qw2xVb9', LMS_SECRET: 'lms-secret-4Zk8pLm3' } as const;

/** The config of a connector to a sandbox: paced by nothing, judged in the sandbox's own zone. */
export function configText({ personio, learnamp }: Sandbox, changes: ConfigChanges = {}): string {
  const { document: whole = {}, ...sections } = changes;
  const usual: Readonly<Record<string, unknown>> = {
    version: 1,
    name: 'acme',
    timezone: 'Etc/UTC',
    source: {
      type: 'personio',
      base_url: personio.url,
      client_id: personio.clientId,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
      client_secret: '${HR_SECRET}',
      requests_per_second: 1_000,
    },
    target: {
      type: 'learnamp',
      base_url: learnamp.url,
      client_id: learnamp.clientId,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
      client_secret: '${LMS_SECRET}',
      requests_per_second: 1_000,
      concurrency: 4,
    },
    mapping: {
      first_name: 'first_name',
      last_name: 'last_name',
      email: 'work_email',
      job_title: 'job_title',
      primary_team: 'department',
      department: 'team',
      primary_location: 'work_location',
      hire_date: 'start_date',
      manager: 'manager',
      custom_fields: {
        'Cost centre': 'cost_center',
        Badge: { from: 'dynamic_1234567', type: 'integer', when_empty: 'keep' },
        Skills: 'dynamic_2345678',
        'Certified on': 'dynamic_5678901',
      },
    },
    employees: { filter: [{ field: 'work_email', not_matching: '-personio-login@' }] },
    state: './state/acme.db',
  };
  const merged: Record<string, unknown> = { ...usual };
  for (const [name, section] of Object.entries(sections)) merged[name] = layered(usual[name], section);
  return stringify(layered(merged, whole));
}

function layered(below: unknown, above: Section): Section {
  const keys = { ...(typeof below === 'object' ? below : {}), ...above };
  return Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null));
}
