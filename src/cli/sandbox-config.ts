import type { Sandbox } from '../sandbox/index.js';

/**
 * A config for a running sandbox, ready to be written to a file. The secrets in it open nothing but the sandbox; still
 * they are read from the environment, as they should be in a real one, with what the sandbox accepts as a default.
 */
export function sandboxConfig(sandbox: Pick<Sandbox, 'personio' | 'learnamp'>): string {
  const { personio, learnamp } = sandbox;
  return `version: 1
name: sandbox
timezone: Europe/Berlin

source:
  type: personio
  base_url: ${personio.url}
  client_id: ${personio.clientId}
  client_secret: \${SANDBOX_PERSONIO_SECRET:-${personio.clientSecret}}
  requests_per_second: 14          # the sandbox allows 15 a second and 300 a minute, like the real one

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
    Badge: { from: dynamic_1234567, type: integer, when_empty: keep }

employees:
  filter:
    - { field: work_email, not_matching: "-personio-login@" }

invitations:
  send: on_hire_date
`;
}
