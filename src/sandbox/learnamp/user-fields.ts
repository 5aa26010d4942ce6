import { isDay } from '../../core/day.js';
import type { AccountData } from './account.js';
import type { Body } from './body.js';
import { languages, roles } from './codes.js';
import type { WriteContext } from './environment.js';
import { invalid, refuse, validationFailed } from './refusal.js';
import { isBlank, textIn } from './values.js';

/** Names, e-mail and external id; the last two must be free. */
export function readIdentity(body: Body, { academy, account }: WriteContext): Partial<AccountData> {
  const changes: Partial<AccountData> = {};
  for (const field of ['firstName', 'lastName', 'email'] as const)
    if (field in body) changes[field] = textIn(body, field);
  const { email } = changes;
  if (email !== undefined && !/^[^@\s]+@[^@\s]+$/.test(email)) throw validationFailed('email', 'Email', 'is invalid');
  const holders = email === undefined ? [] : academy.findAllByEmail(email);
  if (holders.some(({ id }) => id !== account?.id)) throw validationFailed('email', 'Email', 'has already been taken');
  if ('integrationExternalId' in body) {
    const externalId = textIn(body, 'integrationExternalId') || null;
    const holder = externalId === null ? null : academy.findByExternalId(externalId);
    if (holder !== null && holder.id !== account?.id) {
      throw validationFailed('integrationExternalId', 'Integration external id', 'has already been taken');
    }
    changes.integrationExternalId = externalId;
  }
  return changes;
}

/** Texts and the hire date; null and the empty text clear them. */
export function readPlainTexts(body: Body): Partial<AccountData> {
  const changes: Partial<AccountData> = {};
  for (const field of ['jobTitle', 'location', 'department'] as const) {
    if (field in body) changes[field] = textIn(body, field) || null;
  }
  if ('hireDate' in body) {
    const hireDate = textIn(body, 'hireDate') || null;
    if (hireDate !== null && !isDay(hireDate)) throw invalid({ hireDate: ['is invalid'] });
    changes.hireDate = hireDate;
  }
  return changes;
}

/** Language and the two kinds of role. */
export function readCodes(body: Body, { account, settings }: WriteContext): Partial<AccountData> {
  const changes: Partial<AccountData> = {};
  for (const [field, allowed] of [
    ['language', languages],
    ['role', roles],
  ] as const) {
    if (isBlank(body[field])) continue;
    const value = textIn(body, field);
    if (!allowed.has(value)) throw invalid({ [field]: ['does not have a valid value'] });
    changes[field] = value;
  }
  if (changes.role === 'hr' && !settings.hrPackage) throw refuse(422, 'The hr role needs the HR package');
  // Not a parameter of a create: ignored there, as unknown parameters are.
  if (account !== null && 'occupationRole' in body) {
    const name = textIn(body, 'occupationRole') || null;
    if (name !== null && !settings.occupationRoles.includes(name)) {
      throw refuse(422, 'occupationRole does not match an existing role in your company');
    }
    changes.occupationRole = name;
  }
  return changes;
}
