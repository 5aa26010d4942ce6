import { emailKey } from '../../../src/core/email.js';
import type { Lms, LmsAccount } from './lms.js';

/** What a history comes to in the LMS: accounts under the names that do not depend on how it went, and mails. */
export interface LmsOutcome {
  readonly accounts: Readonly<Record<string, unknown>>;
  readonly mails: readonly string[];
}

/** Tells what the LMS holds in the end; `without` leaves one employee out, also as a manager. */
export function outcomeOf(lms: Lms, without: string | null = null): LmsOutcome {
  const others = [...lms.accounts.values()].filter(({ externalId }) => externalId === null || externalId !== without);
  const accounts = others.map((account): [string, unknown] => [nameOf(account), shown(lms, account, without)]);
  const mails = lms.effects.filter(({ kind, externalId }) => kind === 'mail' && externalId !== without);
  return {
    accounts: Object.fromEntries(accounts),
    mails: mails.map(({ externalId, day }) => `${externalId} on ${day}`).sort(),
  };
}

function nameOf({ externalId, email }: LmsAccount): string {
  return externalId ?? emailKey(email);
}

function shown(lms: Lms, { email, state, manager, fields }: LmsAccount, without: string | null): unknown {
  const boss = manager === null ? undefined : lms.accounts.get(manager);
  const name = boss === undefined ? null : nameOf(boss);
  return { email: emailKey(email), state, fields, manager: name === without ? null : name };
}
