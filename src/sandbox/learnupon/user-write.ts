import { isDay } from '../../core/day.js';
import { readCustomData } from './custom-data.js';
import { type Body, isBlank, isHeeded, type LearnUponParts } from './parts.js';
import { Refusal } from './refusal.js';
import { USER_TYPES, type User, type UserData } from './user.js';

const languages = new Set(
  'en en_gb cs da nl nl_be fi_fl fr fr_ca de hu id it ja ko nb_no pl pt pt_br ru sk es sv tr vi_vn zh_cn zh_tw'.split(
    ' ',
  ),
);

/** Makes a user; refuses without having made one. */
export function createdFrom(sent: Body, parts: LearnUponParts): User {
  const { portal, settings } = parts;
  const identity = settings.usernames ? 'username' : 'email';
  if (isBlank(sent[identity])) throw new Refusal(422, `${identity} is missing`);
  if (typeof sent['password'] !== 'string' || sent['password'].length < 6) {
    throw new Refusal(422, 'Password is too short (minimum is 6 characters)');
  }
  refuseTaken(sent['email'], 'email', null, parts);
  refuseTaken(sent['username'], 'username', null, parts);
  const data = readUser(sent, null, parts);
  const changes = flagIn(sent['change_password_on_first_login'], settings) ?? false;
  return portal.add(data, sent['password'], changes);
}

/** Changes what a body names. `email` names the user here and moves nobody; `new_email` does. */
export function updateUser(user: User, sent: Body, parts: LearnUponParts): void {
  const { portal } = parts;
  refuseTaken(sent['new_email'], 'email', user, parts);
  refuseTaken(sent['new_username'], 'username', user, parts);
  const { email: _, username: __, ...data } = readUser(sent, user, parts);
  const moved = {
    ...(!isBlank(sent['new_email']) && { email: String(sent['new_email']) }),
    ...(!isBlank(sent['new_username']) && { username: String(sent['new_username']) }),
    ...(!isBlank(sent['password']) && { password: String(sent['password']) }),
  };
  portal.change(user, { ...data, ...moved });
}

function readUser(sent: Body, user: User | null, { settings }: LearnUponParts): Partial<UserData> {
  const body = Object.fromEntries(
    Object.entries(sent).filter(([key, value]) => !settings.ignoredKeys.includes(key) && isHeeded(value, settings)),
  );
  const data: Partial<UserData> = {};
  for (const key of ['email', 'username', 'first_name', 'last_name'] as const) {
    if (key in body) data[key] = isBlank(body[key]) ? null : String(body[key]);
  }
  if (!isBlank(body['language'])) {
    if (!languages.has(String(body['language']))) throw new Refusal(422, 'Language is not included in the list');
    data.language = String(body['language']);
  }
  if (!isBlank(body['timezone_id'])) data.timezone_id = String(body['timezone_id']);
  if ('account_expires' in body) {
    const day = body['account_expires'];
    if (!isBlank(day) && !isDay(String(day))) throw new Refusal(422, 'Account expires is invalid');
    data.account_expires = isBlank(day) ? null : String(day);
  }
  const enabled = flagIn(body['enabled'], settings);
  if (enabled === true || (enabled === false && !settings.ignoresEndings)) data.enabled = enabled;
  const type = USER_TYPES.find((one) => one === body['user_type']);
  if (type !== undefined) data.user_type = type;
  data.custom = readCustomData(body['CustomData'], user?.custom ?? {}, settings);
  return data;
}

function flagIn(value: unknown, { stringOnlyBooleans }: LearnUponParts['settings']): boolean | null {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'boolean' && !stringOnlyBooleans ? value : null;
}

function refuseTaken(
  value: unknown,
  key: 'email' | 'username',
  user: User | null,
  { portal, settings }: LearnUponParts,
) {
  if (isBlank(value)) return;
  const text = String(value);
  const holders = key === 'email' ? portal.findAllByEmail(text) : [portal.findByUsername(text)];
  if (holders.some((holder) => holder !== null && holder !== user))
    throw new Refusal(settings.existsStatus, `That ${key} is already in use`);
  if (key === 'email' && settings.elsewhere.some((one) => one.toLowerCase() === text.toLowerCase())) {
    throw new Refusal(settings.existsStatus, 'User already exists in another portal, please invite them instead');
  }
}
