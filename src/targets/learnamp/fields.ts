import { KEYS } from './catalogue.js';
import type { LearnAmpSettings } from './settings.js';

/** Why a mapped value is not sent, or null when it is. */
export function whyWithheld(name: string, settings: LearnAmpSettings): string | null {
  if (name === 'leave_date' && settings.leave_date_key === undefined) return notDocumented('leave_date_key');
  if (name === 'avatar' && settings.avatar_key === undefined) return notDocumented('avatar_key');
  return null;
}

/** The key under which a field is written as one text; undefined where it is written otherwise, or not at all. */
export function keyOf(name: string, settings: LearnAmpSettings): string | undefined {
  if (name === 'leave_date') return settings.leave_date_key;
  if (name === 'avatar') return settings.avatar_key;
  if (name === 'external_id' && !settings.external_ids) return undefined;
  return isPlain(name) ? KEYS[name] : undefined;
}

function isPlain(name: string): name is keyof typeof KEYS {
  return Object.hasOwn(KEYS, name);
}

function notDocumented(setting: string): string {
  return `Learn Amp documents no key for it, so it is not sent; set ${setting}`;
}
