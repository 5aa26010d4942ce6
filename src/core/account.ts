import type { Day } from './day.js';
import type { Fields } from './value.js';

/** The managed field that always holds the employee's key (`employees.key`), whatever the mapping says. */
export const EXTERNAL_ID = 'external_id';

/** Custom fields stand in the flat records of fields under this prefix and their own name. */
export const CUSTOM_FIELD_PREFIX = 'custom_fields.';

/** Stands for what an attempt may have written and nobody can read back. HR never wants it, so it is written once more. */
export const UNKNOWN = '(unknown)';

/** The id of a pending account begins like this: it stands for an invitation, since there is no account yet. */
export const INVITE_PREFIX = 'invite:';

/** Whether somebody can log in; `unknown` where the LMS does not say. */
export type AccountState = 'active' | 'deactivated' | 'unknown';

/** What an account may do in the LMS beyond learning. */
export interface Rights {
  /** Whether the account has more rights than a learner; null: the LMS does not say. */
  readonly privileged: boolean | null;
  /** What the LMS calls these rights ("owner", "group manager"), for people to read; null where it names none. */
  readonly role: string | null;
}

/**
 * One user of the LMS as the LMS shows it now. `fields` holds only what could be read, under our field names (`email` and
 * `external_id` among them), null where it was read and is empty; a manager stands there as the manager's account id.
 */
export interface Account {
  readonly id: string;
  readonly state: AccountState;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly fields: Fields;
  /** Absent where this answer of the LMS does not show the rights: `Target.inspect` asks for them. */
  readonly rights?: Rights;
  /** First and last name as the LMS holds them, the empty ones left out; absent where this answer shows no names. */
  readonly names?: readonly string[];
}

/** What the LMS acknowledged about one linked account: one row of the snapshot. */
export interface Snapshot {
  readonly employeeId: string;
  readonly accountId: string;
  /** `pending`: invited, and no account until the invitation is accepted; `accountId` stands for the invitation. */
  readonly state: 'active' | 'pending' | 'deactivated' | 'deleted';
  readonly name: string | null;
  readonly email: string | null;
  /** The acknowledged value of every managed field; a field that was never acknowledged has no entry. */
  readonly fields: Fields;
  /** Fingerprint of the wanted account that was acknowledged whole, or null: compare field by field. */
  readonly hash: string | null;
  /** A manager (employee id) whom HR names but who has no account yet. */
  readonly awaitingManager: string | null;
  /** The first day of the employment that this account was made or taken over for. */
  readonly startDate: Day | null;
  /** Whether a person confirmed with `hrsync link` whose account it is; only such links may move an administrator's account. */
  readonly linkedByHand: boolean;
  /** The day of the first complete read in which the person was missing, and in how many they have been since. */
  readonly missingSince: Day | null;
  readonly missingRuns: number;
}

/** The manager whom an account names as far as is known: the acknowledged one, or the one that may stand there. */
export function lastManager({ fields, awaitingManager }: Pick<Snapshot, 'fields' | 'awaitingManager'>): string | null {
  const { manager } = fields;
  if (manager === UNKNOWN) return awaitingManager;
  return typeof manager === 'string' ? manager : null;
}
