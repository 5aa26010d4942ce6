import type { Day } from '../../core/day.js';

/** A value of a custom field as it is stored. */
export type CustomValue = string | number | readonly string[];

/** What somebody may do; everything but a learner has further rights. */
export const USER_TYPES = ['learner', 'instructor', 'manager', 'admin'] as const;

export type UserType = (typeof USER_TYPES)[number];

/** What the API can write. */
export interface UserData {
  email: string | null;
  username: string | null;
  first_name: string | null;
  last_name: string | null;
  language: string;
  enabled: boolean;
  account_expires: Day | null;
  timezone_id: string;
  /** One of `USER_TYPES`; another only where it was put by hand. */
  user_type: string;
  /** By definition id. */
  custom: Readonly<Record<number, CustomValue>>;
}

/** One user of the portal. Times are instants, ISO 8601. */
export interface User extends UserData {
  readonly id: number;
  password: string;
  changesPassword: boolean;
  readonly createdAt: string;
  updatedAt: string;
}

/** A group; groups are flat. */
export interface Group {
  readonly id: number;
  title: string;
}

/** An invitation: to the portal, or to a group. */
export interface Invite extends Pick<UserData, 'first_name' | 'last_name' | 'custom' | 'user_type'> {
  readonly id: number;
  readonly kind: 'portal' | 'group';
  readonly email: string;
  readonly groupId: number | null;
  status: 'sent' | 'accepted' | 'rejected' | 'canceled';
  readonly createdAt: string;
}

/** A mail that LearnUpon sent. */
export interface Mail {
  readonly to: string;
  readonly kind: 'invitation' | 'creation';
  readonly at: string;
}

/** A user of whom nothing is known yet. */
export const blankUser: UserData = {
  email: null,
  username: null,
  first_name: null,
  last_name: null,
  language: 'en',
  enabled: true,
  account_expires: null,
  timezone_id: 'London',
  user_type: 'learner',
  custom: {},
};
