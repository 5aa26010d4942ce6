import { join } from 'node:path';
import type { Config } from '../../src/config/config.js';
import { parseConfig } from '../../src/config/parse.js';
import { SOURCES } from '../../src/sources/registry.js';
import { TARGETS } from '../../src/targets/registry.js';
import { sourceOf } from './pages-source.js';

/** Where a connector of the benchmark reads and writes. */
export interface BenchConnector {
  /** Holds the state. */
  readonly directory: string;
  /** The bytes of a page of employees, as Personio would send them. */
  readonly page: (number: number) => Buffer;
  /** The Learn Amp to write to; null where every request to it must fail the benchmark. */
  readonly learnamp: LearnAmpAccess | null;
  /** Whether an LMS without any account answers instead, without a request. Absent: no. */
  readonly isEmpty?: boolean;
}

/** A Learn Amp and the pace at which to write. */
export interface LearnAmpAccess {
  readonly url: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly requestsPerSecond: number;
}

const WITHOUT_ACCOUNTS = {
  find: async () => [],
  list: async function* () {},
  missingReferences: async () => [],
};

const NOBODY: LearnAmpAccess = {
  url: 'http://127.0.0.1',
  client_id: 'none',
  client_secret: 'none',
  requestsPerSecond: 1,
};

function configText({ url, client_id, client_secret, requestsPerSecond }: LearnAmpAccess): string {
  return `
version: 1
name: bench
timezone: Europe/Berlin
source: { type: personio, client_id: bench, client_secret: bench }
target:
  type: learnamp
  base_url: ${url}
  client_id: ${client_id}
  client_secret: ${client_secret}
  requests_per_second: ${requestsPerSecond}
  concurrency: 8
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
# People who are new between two runs would be mailed, and mails are rationed.
invitations: { send: never }
state: bench.db
`;
}

/** A config as the command line would load it; only what lies behind Personio's HTTP client is replaced. */
export function loadBenchConfig({ directory, page, learnamp, isEmpty = false }: BenchConnector): Promise<Config> {
  const nothing = async () => ({ failure: 'is not part of a benchmark' });
  return parseConfig(configText(learnamp ?? NOBODY), {
    file: join(directory, 'hrsync.yaml'),
    readableByOthers: false,
    outside: { variable: () => undefined, file: nothing, command: nothing },
    sources: { personio: async () => ({ ...(await loaded(SOURCES, 'personio')), open: () => sourceOf(page) }) },
    targets: {
      learnamp: async () => {
        const definition = await loaded(TARGETS, 'learnamp');
        if (learnamp !== null) return definition;
        // Once stopped, an adapter refuses to send anything at all.
        return {
          ...definition,
          open(settings, world) {
            const target = definition.open(settings, { ...world, signal: AbortSignal.abort() });
            return isEmpty ? { ...target, ...WITHOUT_ACCOUNTS } : target;
          },
        };
      },
    },
  });
}

function loaded<Definition>(
  registry: Readonly<Record<string, () => Promise<Definition>>>,
  type: string,
): Promise<Definition> {
  const load = registry[type];
  if (load === undefined) throw new Error(`there is no adapter ${type}`);
  return load();
}
