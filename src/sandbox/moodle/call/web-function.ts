import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import type { StruckDataFault } from '../../faults/fault.js';
import type { Capability, MoodleSettings } from '../settings.js';
import type { Site } from '../site/site.js';
import type { User } from '../site/user.js';
import type { PhpArray } from './php-form.js';
import { MoodleException } from './refusal.js';
import { parseParameters } from './shapes.js';

/** What all functions share. Settings are read at each call, so a change takes effect at once. */
export interface MoodleParts {
  readonly site: Site;
  readonly settings: MoodleSettings;
  readonly now: () => Date;
}

/** One call: the caller and the options of the protocol. */
export interface Call extends MoodleParts {
  readonly user: User;
  /** Address of the site. */
  readonly wwwroot: string;
  /** Time zone in which dates are written and shown. */
  readonly zone: string;
  /** Wrong data that this call must be answered with. */
  readonly faults: readonly StruckDataFault[];
  /** Whether the call asks for unformatted texts. */
  readonly isRaw: boolean;
}

/** One function of the web service. */
export interface WebFunction {
  readonly name: string;
  /** Whether it changes nothing. */
  readonly isRead: boolean;
  /** @throws MoodleException */
  readonly run: (sent: PhpArray, call: Call) => Promise<unknown>;
}

/** Defines a function. Parameter types are checked first; `handle` checks capabilities and values. */
export function webFunction<Schema extends z.ZodType>(
  name: string,
  kind: 'reads' | 'writes',
  schema: Schema,
  handle: (sent: z.output<Schema>, call: Call) => unknown,
): WebFunction {
  return {
    name,
    isRead: kind === 'reads',
    run: async (sent, call) => {
      const parsed = parseParameters(schema, sent);
      // Moodle lets a user who is not fully set up call this one function.
      if (name !== 'core_webservice_get_site_info') requireSetUp(call);
      return handle(parsed, call);
    },
  };
}

const IN_WORDS: Readonly<Partial<Record<Capability, string>>> = {
  'moodle/user:create': 'Create users',
  'moodle/user:update': 'Update user profiles',
  'moodle/user:delete': 'Delete users',
  'moodle/cohort:manage': 'Create, delete and move cohorts',
  'moodle/cohort:assign': 'Add and remove cohort members',
  'moodle/cohort:view': 'View site-wide cohorts',
};

/** Whether the caller has a capability. */
export function can({ user, site, settings }: Call, capability: Capability): boolean {
  return site.admins.has(user.id) || settings.capabilities.includes(capability);
}

/** Refuses callers that have none of these capabilities. The message names the last one. */
export function requireCapability(call: Call, ...capabilities: readonly Capability[]): void {
  const named = capabilities.at(-1);
  if (named === undefined || capabilities.some((one) => can(call, one))) return;
  const message = `Sorry, but you do not currently have permissions to do that (${IN_WORDS[named] ?? named}).`;
  throw new MoodleException('nopermissions', message, 'required_capability_exception', named);
}

/** Waits as long as a write takes before its commit. The call goes on when the client hangs up. */
export async function work({ workMilliseconds }: MoodleSettings): Promise<void> {
  if (workMilliseconds > 0) await sleep(workMilliseconds);
}

function requireSetUp({ user, site, settings }: Call): void {
  const lacks = site.fields.some(({ required, shortname }) => required && !user.custom[shortname]);
  if (user.preferences['auth_forcepasswordchange'] === '1') {
    throw new MoodleException('forcepasswordchangenotice', 'You must change your password to proceed.');
  }
  if (lacks || user.email === '') throw new MoodleException('usernotfullysetup', 'User not fully set-up');
  if (settings.policyToAccept) throw new MoodleException('sitepolicynotagreed', 'Site policy not agreed');
}
