import { type Account, EXTERNAL_ID, type Snapshot } from '../core/account.js';
import { emailKey } from '../core/email.js';
import { namesAgree } from '../core/names.js';
import { namesOf } from '../core/touch.js';
import { OtherCompanyError } from '../errors-plan.js';
import type { CredentialDigests } from '../store/store.js';
import type { RunContext } from './context.js';

/** How many linked accounts are looked at when the LMS is spoken to with another credential than before. */
const SAMPLE = 20;

/** Which sides are spoken to with another credential than in the last run that went ahead. */
export interface NewCredentials {
  readonly source: boolean;
  readonly target: boolean;
}

/** Tells whether credentials were exchanged. A side of which nothing was remembered counts as unchanged. */
export async function newCredentials({ store, credentials }: RunContext): Promise<NewCredentials> {
  const known = await store.credentials();
  const isNew = (side: keyof CredentialDigests) =>
    known[side] !== null && credentials[side] !== null && known[side] !== credentials[side];
  return { source: isNew('source'), target: isNew('target') };
}

/**
 * Holds an LMS that is spoken to with a new credential to the accounts that are remembered: many customers share one host,
 * and the same account numbers mean other people in another company. The HR side proves itself by the people it lists.
 *
 * @throws OtherCompanyError before anything is sent, when half of the accounts are not there or are somebody else's
 * @returns what to tell of it, as sentences
 */
export async function holdToCompany(context: RunContext): Promise<readonly string[]> {
  const { store, source, target } = context;
  const fresh = await newCredentials(context);
  const notices = fresh.source ? [`the credentials for ${source.title} are new since the last run`] : [];
  if (!fresh.target) return notices;
  const sample: Snapshot[] = [];
  for await (const batch of store.snapshots()) {
    sample.push(...batch.filter(({ state }) => state === 'active').slice(0, SAMPLE - sample.length));
    if (sample.length >= SAMPLE) break;
  }
  const shown = await target.inspect(sample.map(({ accountId }) => accountId));
  const same = sample.filter((snapshot) => isTheirs(snapshot, shown.get(snapshot.accountId))).length;
  if (same * 2 < sample.length) throw new OtherCompanyError(target.title, same, sample.length);
  const proof = `${same} of ${sample.length} accounts looked at are the same people as before`;
  return [...notices, `the credentials for ${target.title} are new since the last run; ${proof}`];
}

// Two companies count their employees and accounts from one, so an equal number alone says nothing.
function isTheirs(snapshot: Snapshot, account: Account | undefined): boolean {
  if (account === undefined) return false;
  const { email, fields } = snapshot;
  if (email !== null && account.email !== null && emailKey(account.email) === emailKey(email)) return true;
  const bearsKey = account.externalId !== null && account.externalId === fields[EXTERNAL_ID];
  return bearsKey && namesAgree(namesOf(null, snapshot), namesOf(account, null));
}
