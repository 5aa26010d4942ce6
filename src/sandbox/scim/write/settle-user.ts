import type { ScimParts } from '../parts.js';
import { Refusal, refuse } from '../refusal.js';
import { isInactive, isRecord, recordsIn, textIn, type User, type Values, valueIn } from '../resource.js';
import { ENTERPRISE } from '../schema/schemas.js';
import type { ScimSettings } from '../settings.js';

type Parts = Pick<ScimParts, 'directory' | 'settings'>;

/**
 * New values of a user as the portal's own rules let them be: what is set once, what is unique, who may be a manager.
 *
 * @param user null for a creation
 * @throws Refusal
 */
export function settleUser(user: User | null, values: Values, parts: Parts): Values {
  const settled = user === null ? values : settleKeys(user, values, parts.settings);
  refuseTaken(user, settled, parts);
  refuseUnknownManager(settled, parts);
  return settled;
}

function settleKeys(user: User, values: Values, { userNameChanges, externalIdChanges }: ScimSettings): Values {
  const settled = { ...values };
  const [oldName = '', newName = ''] = [user.values, values].map((one) => textIn(one, 'userName') ?? '');
  if (oldName.toLowerCase() !== newName.toLowerCase()) {
    if (userNameChanges === 'refuse') throw refuse('mutability', 'userName cannot be changed');
    if (userNameChanges === 'error') throw new Refusal(500, null, 'Something went wrong');
    if (userNameChanges === 'ignore') settled['userName'] = oldName;
  }
  const oldId = user.values['externalId'];
  if (oldId !== undefined && oldId !== values['externalId']) {
    if (externalIdChanges === 'refuse') throw refuse('mutability', 'externalId cannot be changed');
    if (externalIdChanges === 'ignore') settled['externalId'] = oldId;
  }
  return settled;
}

function refuseTaken(user: User | null, values: Values, { directory, settings }: Parts): void {
  const others = [...directory.users.values()].filter((one) => one !== user);
  const isTaken = (keys: (held: Values) => readonly string[]): boolean => {
    const mine = new Set(keys(values));
    return others.some((other) => keys(other.values).some((key) => mine.has(key)));
  };
  if (isTaken(userNamesOf)) throw taken('userName', settings);
  if (settings.uniqueExternalIds && isTaken(externalIdsOf)) {
    throw taken('externalId', settings);
  }
  if (settings.uniqueEmails && isTaken(emailsOf)) throw taken('emails', settings);
}

/** @throws Refusal with the status that this portal gives a value that is in use */
export function taken(name: string, { uniquenessStatus }: ScimSettings): Refusal {
  const scimType = uniquenessStatus === 500 ? null : 'uniqueness';
  return new Refusal(uniquenessStatus, scimType, `${name} is already in use`);
}

function userNamesOf(values: Values): readonly string[] {
  return [textIn(values, 'userName')?.toLowerCase() ?? ''];
}

function externalIdsOf({ externalId }: Values): readonly string[] {
  return typeof externalId === 'string' ? [externalId] : [];
}

function emailsOf({ emails }: Values): readonly string[] {
  return recordsIn(emails).flatMap((entry) => textIn(entry, 'value')?.toLowerCase() ?? []);
}

function refuseUnknownManager(values: Values, { directory, settings }: Parts): void {
  const manager = valueIn(values[ENTERPRISE.id], 'manager');
  const value = isRecord(manager) ? manager['value'] : manager;
  if (value === undefined || settings.unknownManagers === 'keep') return;
  const users = [...directory.users.values()].filter(({ deleted }) => !deleted);
  const keysOf: Readonly<Record<ScimSettings['managerBy'], (user: User) => readonly unknown[]>> = {
    id: ({ id }) => [id],
    userName: (user) => userNamesOf(user.values),
    email: (user) => emailsOf(user.values),
    externalId: (user) => [user.values['externalId']],
  };
  const minds = settings.managerBy === 'id' || settings.managerBy === 'externalId';
  const wanted = minds ? value : String(value).toLowerCase();
  if (!users.some((user) => keysOf[settings.managerBy](user).includes(wanted))) {
    throw refuse('invalidValue', `Nobody has the ${settings.managerBy} ${String(value)}: not a manager`);
  }
}

/** How an account stands before and after a change, and what the answer says of it. */
export interface Standing {
  readonly values: Values;
  readonly canSignIn: boolean;
  /** Whether the account became active by this change. */
  readonly opened: boolean;
  /** Whether the account became inactive, in the eyes of an honest portal. */
  readonly closed: boolean;
  /** Values that the answer shows although they are not stored. */
  readonly echo: Values;
}

/** What comes of `active`. */
export function settleActive(user: User | null, values: Values, { endings, reactivations }: ScimSettings): Standing {
  const [wasActive, isActive] = [user !== null && !isInactive(user.values), !isInactive(values)];
  const still = { values, canSignIn: user?.canSignIn ?? isActive, opened: false, closed: false, echo: {} };
  if (wasActive && !isActive) {
    const kept = { ...values, active: true };
    if (endings === 'ignore') return { ...still, values: kept };
    if (endings === 'false_echo') return { ...still, values: kept, echo: { active: values['active'] } };
    return { ...still, canSignIn: endings === 'no_effect' && still.canSignIn, closed: true };
  }
  if (wasActive || !isActive) return still;
  if (user?.hasBeenActive) {
    if (reactivations === 'refuse') throw refuse('mutability', 'An inactive account cannot be reactivated');
    if (reactivations === 'ignore') return { ...still, values: { ...values, active: user.values['active'] } };
  }
  return { ...still, canSignIn: true, opened: true };
}
