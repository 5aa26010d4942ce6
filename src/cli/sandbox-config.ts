import type { Sandbox } from '../sandbox/index.js';

/** The HR systems of the sandbox, as a config calls them. */
export const SANDBOX_SOURCES = ['personio', 'kombo'] as const;
type SandboxSource = (typeof SANDBOX_SOURCES)[number];

/** Its learning platforms. */
export const SANDBOX_TARGETS = ['learnamp', '360learning', 'learnupon'] as const;
type SandboxTarget = (typeof SANDBOX_TARGETS)[number];

const SOURCES: Readonly<Record<SandboxSource, (sandbox: Pick<Sandbox, SandboxSource>) => string>> = {
  personio: ({ personio }) => `source:
  type: personio
  base_url: ${personio.url}
  client_id: ${personio.clientId}
  client_secret: \${SANDBOX_PERSONIO_SECRET:-${personio.clientSecret}}
  requests_per_second: 14          # the sandbox allows 15 a second and 300 a minute, like the real one
`,
  kombo: ({ kombo }) => `source:
  type: kombo
  base_url: ${kombo.url}
  api_key: \${SANDBOX_KOMBO_KEY:-${kombo.apiKey}}
  integration_id: ${kombo.integrationId}
`,
};

/** What each HR system calls the attributes that the company added. */
const OWN_KEYS = {
  personio: { badge: 'dynamic_1234567', certified: 'dynamic_5678901' },
  kombo: { badge: 'badge', certified: 'certified_on' },
} as const;

/** `target` and the mapping that goes with it. */
const TARGETS: Readonly<
  Record<SandboxTarget, (sandbox: Pick<Sandbox, SandboxTarget>, own: (typeof OWN_KEYS)[SandboxSource]) => string>
> = {
  learnamp: ({ learnamp }, own) => `target:
  type: learnamp
  base_url: ${learnamp.url}
  client_id: ${learnamp.clientId}
  client_secret: \${SANDBOX_LEARNAMP_SECRET:-${learnamp.clientSecret}}
  requests_per_second: 200         # the sandbox sets no limit; a real account wants the default of 2
  concurrency: 4

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  job_title: job_title
  primary_team: department
  primary_location: work_location
  hire_date: start_date
  manager: manager
  custom_fields:
    Cost centre: cost_center
    Badge: { from: ${own.badge}, type: integer, when_empty: keep }
`,
  '360learning': ({ '360learning': system }, own) => {
    const { root } = system.platform;
    return `target:
  type: 360learning
  base_url: ${system.url}
  client_id: ${system.clientId}
  client_secret: \${SANDBOX_360LEARNING_SECRET:-${system.clientSecret}}
  group: ${root.id}
  levels: [department]             # each department has a group of its name below that one

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  job_title: job_title
  organization: legal_entity
  manager: manager
  custom_fields:
    Cost centre: cost_center
    Badge: { from: ${own.badge}, type: integer, when_empty: keep }
    Certified on: { from: ${own.certified}, type: date }
`;
  },
  learnupon: ({ learnupon }, own) => `target:
  type: learnupon
  base_url: ${learnupon.url}
  username: ${learnupon.username}
  password: \${SANDBOX_LEARNUPON_SECRET:-${learnupon.password}}
  requests_per_second: 200         # the sandbox sets no limit; a real portal wants the default of 4.5
  employee_id_field: Employee id
  manager_to: Manager

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  leave_date: termination_date
  manager: manager
  custom_fields:
    Cost centre: { from: cost_center, type: string }
    Hire date: start_date
    Badge: { from: ${own.badge}, type: integer, when_empty: keep }
`,
};

/**
 * A config for a running sandbox, ready to be written to a file. The secrets in it open nothing but the sandbox; still
 * they are read from the environment, as they should be in a real one, with what the sandbox accepts as a default.
 */
export function sandboxConfig(
  sandbox: Pick<Sandbox, SandboxSource | SandboxTarget>,
  source: SandboxSource = 'personio',
  target: SandboxTarget = 'learnamp',
): string {
  return `version: 1
name: sandbox
timezone: Europe/Berlin

${SOURCES[source](sandbox)}
${TARGETS[target](sandbox, OWN_KEYS[source])}
employees:
  filter:
    - { field: work_email, not_matching: "-personio-login@" }

invitations:
  send: on_hire_date
`;
}
