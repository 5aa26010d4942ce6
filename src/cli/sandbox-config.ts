import type { Sandbox } from '../sandbox/index.js';

/** The HR systems of the sandbox, as a config calls them. */
export const SANDBOX_SOURCES = ['personio', 'kombo'] as const;
type SandboxSource = (typeof SANDBOX_SOURCES)[number];

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

/**
 * A config for a running sandbox, ready to be written to a file. The secrets in it open nothing but the sandbox; still
 * they are read from the environment, as they should be in a real one, with what the sandbox accepts as a default.
 */
export function sandboxConfig(
  sandbox: Pick<Sandbox, 'personio' | 'kombo' | 'learnamp'>,
  source: SandboxSource = 'personio',
): string {
  const { learnamp } = sandbox;
  const badge = source === 'kombo' ? 'badge' : 'dynamic_1234567';
  return `version: 1
name: sandbox
timezone: Europe/Berlin

${SOURCES[source](sandbox)}
target:
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
    Badge: { from: ${badge}, type: integer, when_empty: keep }

employees:
  filter:
    - { field: work_email, not_matching: "-personio-login@" }

invitations:
  send: on_hire_date
`;
}
