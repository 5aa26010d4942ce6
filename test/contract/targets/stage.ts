import { type Account, EXTERNAL_ID } from '../../../src/core/account.js';
import type { Fields } from '../../../src/core/value.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import type { AccountDraft, ManagerAccount, Target } from '../../../src/targets/target.js';

/** What the LMS really holds of one account, seen past its API, under our field names. */
export interface Held {
  readonly fields: Fields;
  readonly manager: string | null;
  readonly active: boolean;
  /** Invitations mailed so far. */
  readonly invitations: number;
}

/** `good`; `wrong`: credentials that are refused; `reader`: good ones that may read and not write. */
export type Access = 'good' | 'wrong' | 'reader';

/** A target opened on its stand-in, and what the suite must know of the two. */
export interface TargetStage {
  readonly system: Pick<Sandbox['learnamp'], 'faults' | 'requests'>;
  /** The stand-in's names for the route that makes an account and the one that lists accounts. */
  readonly routes: { readonly create: string; readonly list: string };
  /** Everything that the target takes, for the person of that number; what must be unique differs from person to person. */
  person(number: number): Fields;
  /** Other values for some of those fields; e-mail, names and id are not among them. */
  readonly other: Fields;
  /** Fields that can be emptied. */
  readonly clearable: readonly string[];
  /** An id of the right form that no account has. */
  readonly nobody: string;
  /** Whether a deleted account is gone for good, or deactivated like any other. */
  readonly deletes: 'for_good' | 'deactivates';
  /** Null when there is no such account. */
  held(accountId: string): Held | null;
  /** How many accounts the LMS holds. */
  count(): number;
  /** Adds so many accounts that nobody manages. */
  fill(count: number): void;
  /** Adds an account with this address, in the capitals in which it is written, and gives its id. */
  add(email: string): string;
  /** Makes every look-up answer with the account of a stranger, as a filter that is ignored does. */
  mislead(): void;
  /** Opens the target anew. */
  open(access?: Access): Target;
  stop(): Promise<void>;
}

/** A draft that writes all of these fields. */
export function whole(fields: Fields, manager?: ManagerAccount | null): AccountDraft {
  return { fields, changed: new Set(Object.keys(fields)), manager };
}

/** A draft that writes some of these fields. */
export function only(changed: readonly string[], fields: Fields): AccountDraft {
  return { fields, changed: new Set(changed), manager: undefined };
}

/** The keys that somebody is looked for by. */
export function keyFor(fields: Fields): { readonly externalId: string; readonly email: string } {
  return { externalId: String(fields[EXTERNAL_ID]), email: String(fields['email']) };
}

/** The fields of some accounts as a plan gives them. */
export async function* each(...accounts: readonly Fields[]): AsyncGenerator<Fields> {
  yield* accounts;
}

/** Every account of a target, in the order in which it gives them. */
export async function listAll(target: Target): Promise<readonly Account[]> {
  const accounts: Account[] = [];
  for await (const batch of target.list()) accounts.push(...batch);
  return accounts;
}
