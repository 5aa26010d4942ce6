/** Attributes by their names as the schemas write them; those of an extension stand under its URN. */
export type Values = Record<string, unknown>;

/** What users and groups have in common. Times are instants, ISO 8601. */
export interface Resource {
  readonly id: string;
  values: Values;
  readonly createdAt: string;
  modifiedAt: string;
  /** Counts the changes, from 1. */
  version: number;
}

/** One account. */
export interface User extends Resource {
  /** Whether the person can sign in; follows `active` where the portal is honest. */
  canSignIn: boolean;
  /** Whether the account has ever been active. */
  hasBeenActive: boolean;
  /** False for an account made outside SCIM that nobody has reconciled yet. */
  reconciled: boolean;
  /** Deleted, and kept where the portal hides deleted accounts. */
  deleted: boolean;
}

export type Group = Resource;

/** A mail that the portal sent. */
export interface Mail {
  readonly to: string;
  readonly user: string;
  readonly kind: 'creation' | 'activation' | 'reactivation';
  readonly at: string;
}

export function isRecord(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a list; what is no list has none. */
export function recordsIn(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value under a key, in whatever it is. */
export function valueIn(holder: unknown, key: string): unknown {
  return isRecord(holder) ? holder[key] : undefined;
}

export function textIn(holder: unknown, key: string): string | null {
  const value = valueIn(holder, key);
  return typeof value === 'string' ? value : null;
}

/** Whether accounts with these values are meant to be closed; absent means active. */
export function isInactive({ active }: Values): boolean {
  return active === false || (typeof active === 'string' && active.toLowerCase() === 'false');
}

/** The address that a portal writes to: the primary one, else the first. */
export function mainEmail({ emails }: Values): string | null {
  const all = recordsIn(emails);
  return textIn(all.find(({ primary }) => primary === true) ?? all[0], 'value');
}
