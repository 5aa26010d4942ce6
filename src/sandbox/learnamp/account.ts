import type { Day } from '../../core/day.js';

/** The states of an account, as the status filter spells them. */
export type AccountStatus = 'not_invited' | 'invite_scheduled' | 'invite_pending' | 'confirmed' | 'deactivated';

/** What the API can write. */
export interface AccountData {
  email: string;
  firstName: string;
  lastName: string;
  integrationExternalId: string | null;
  language: string;
  jobTitle: string | null;
  role: string;
  occupationRole: string | null;
  primaryTeamId: number | null;
  secondaryTeamIds: readonly number[];
  /** The override manager. */
  managerId: number | null;
  hireDate: Day | null;
  location: string | null;
  department: string | null;
  customFields: Readonly<Record<string, string>>;
}

/** One user of Learn Amp. Times are instants, ISO 8601. */
export interface Account extends AccountData {
  readonly id: number;
  status: AccountStatus;
  /** What reactivating goes back to. */
  statusBefore: AccountStatus;
  invitedAt: string | null;
  confirmedAt: string | null;
  readonly createdAt: string;
  updatedAt: string;
  deactivatedAt: string | null;
}

export interface Team {
  readonly id: number;
  name: string;
  integrationExternalId: string | null;
  managerId: number | null;
  secondaryManagerIds: readonly number[];
  parentTeamId: number | null;
  tags: readonly string[];
}

/** A mail that Learn Amp sent. */
export interface Mail {
  readonly to: string;
  readonly account: number;
  readonly kind: 'invitation';
  readonly at: string;
}

/** A user of whom nothing is known yet. */
export const blankAccount: AccountData = {
  email: '',
  firstName: '',
  lastName: '',
  integrationExternalId: null,
  language: 'en',
  jobTitle: null,
  role: 'viewer',
  occupationRole: null,
  primaryTeamId: null,
  secondaryTeamIds: [],
  managerId: null,
  hireDate: null,
  location: null,
  department: null,
  customFields: {},
};

/** The teams that a user belongs to, primary and secondary. */
export function teamIds({ primaryTeamId, secondaryTeamIds }: Account): ReadonlySet<number> {
  return new Set(primaryTeamId === null ? secondaryTeamIds : [primaryTeamId, ...secondaryTeamIds]);
}
