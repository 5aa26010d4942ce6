import { isDay } from '../../core/day.js';
import type { Body, Parts } from './parts.js';
import { refuseOthers } from './parts.js';
import { refuse } from './refusal.js';
import { LANGUAGES, type LmsUser, ROLES, type UserData } from './user.js';

const TEXTS = ['firstName', 'lastName', 'phone', 'job', 'organization', 'custom'] as const;
const KEYS = [...TEXTS, 'mail', 'username', 'lang', 'toBeDeactivatedAt', 'primaryGroupId', 'profileImageId'];
const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const USERNAME = /^[a-z0-9_\-.+#!$%&'*/=?^{|}~`]+$/;

/** The membership that a new user must be given. */
export function readMembership(body: Body, { platform }: Parts): { readonly groupId: string; readonly role: string } {
  const membership = body['membership'];
  if (typeof membership !== 'object' || membership === null)
    throw refuse(400, 'invalidInput', 'membership is required');
  const { groupId, role } = { groupId: undefined, role: undefined, ...membership };
  const known = ROLES.find((one) => one === role);
  if (known === undefined) throw refuse(400, 'invalidInput', 'membership.role is not one of the roles');
  if (typeof groupId !== 'string' || !platform.groups.has(groupId)) throw refuse(404, 'groupNotFound');
  return { groupId, role: known };
}

/** Turns a body into what it changes of a user (null while creating); throws for the first thing that is wrong. */
export function readUserWrite(body: Body, user: LmsUser | null, parts: Parts): Partial<UserData> {
  refuseOthers(body, user === null ? [...KEYS, 'membership'] : KEYS);
  const changes: Partial<UserData> = {};
  for (const key of TEXTS) if (key in body) changes[key] = textIn(body, key);
  if ('lang' in body) changes.lang = languageIn(body);
  if ('mail' in body) changes.mail = mailIn(body, user, parts);
  if ('username' in body) changes.username = usernameIn(body, user, parts);
  if ('toBeDeactivatedAt' in body) changes.toBeDeactivatedAt = dateIn(body, user, parts);
  if (user !== null) {
    const { mail, username } = { ...user, ...changes };
    if (mail === null && username === null) throw refuse(400, 'userShouldHaveAtLeastOneValidIdentifier');
  }
  return changes;
}

// An empty text is no text: what is to be cleared is null.
function textIn(body: Body, key: string): string | null {
  const value = body[key];
  if (value === null) return null;
  if (typeof value !== 'string' || value.length < 1) throw refuse(400, 'invalidInput', `${key} must be a text`);
  return value;
}

function languageIn(body: Body): string {
  const { lang } = body;
  if (typeof lang !== 'string' || !LANGUAGES.has(lang)) throw refuse(400, 'invalidInput', 'lang is not a known code');
  return lang;
}

function mailIn(body: Body, user: LmsUser | null, { platform, settings }: Parts): string | null {
  const mail = textIn(body, 'mail');
  if (mail === null) return null;
  if (!MAIL.test(mail)) throw refuse(400, 'mailInvalid');
  const holder = platform.findByLogin('mail', mail);
  // While creating, a deleted holder is brought back.
  const taken = user === null ? holder !== null && holder.status !== 'deleted' : holder !== null && holder !== user;
  const elsewhere = settings.mailsTakenElsewhere.some((one) => one.toLowerCase() === mail.toLowerCase());
  if (taken || elsewhere) throw refuse(400, 'mailAlreadyUsed');
  return mail;
}

function usernameIn(body: Body, user: LmsUser | null, { platform, settings }: Parts): string | null {
  const username = textIn(body, 'username');
  if (username === null) return null;
  if (!settings.usernamesAllowed) throw refuse(400, 'usernameNotAllowed');
  if (!USERNAME.test(username)) throw refuse(400, 'invalidInput', 'username has characters that it may not have');
  const holder = platform.findByLogin('username', username);
  if (holder !== null && holder !== user && holder.status !== 'deleted') throw refuse(400, 'usernameAlreadyUsed');
  return username;
}

function dateIn(body: Body, user: LmsUser | null, { platform, now }: Parts): string | null {
  const text = textIn(body, 'toBeDeactivatedAt');
  if (text === null) return null;
  if (!isDay(text.slice(0, 10)) || !/^.{10}T\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) {
    throw refuse(400, 'invalidInput', 'toBeDeactivatedAt must be YYYY-MM-DDThh:mm:ss.sssZ');
  }
  if (user?.status === 'deleted') throw refuse(400, 'invalidUpdateOnDeletedUser');
  if (user === platform.owner) throw refuse(400, 'ownerDeactivationNotAllowed');
  if (Date.parse(text) <= now().getTime()) throw refuse(400, 'deactivationDateInvalid');
  return text;
}
