import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { meansTheSame } from '../../core/meaning.js';
import { isEmpty, sameValue, type Value } from '../../core/value.js';
import { customWritesOf, type WriteOptions } from './body.js';
import { decodeValue, encodeValue } from './custom-data.js';
import { whyWithheld } from './fields.js';
import { accountFrom, customValueOf, type ReadOptions } from './record.js';
import type { User } from './schema.js';
import type { LearnUponSettings } from './settings.js';

/**
 * The fields that a user shows not to have been taken over. What the reply does not show at all counts as taken over:
 * replies may be short.
 */
export function refusedFields(
  writing: WriteOptions,
  user: User,
  { custom, settings, today }: ReadOptions & { readonly settings: LearnUponSettings },
): readonly string[] {
  const shown = accountFrom(user, { custom, settings, today }).fields;
  const plain = Object.entries(writing.fields).filter(
    ([name, value]) =>
      !name.startsWith(CUSTOM_FIELD_PREFIX) &&
      whyWithheld(name, settings) === null &&
      shown[name] !== undefined &&
      !isSame(name, value, shown[name]),
  );
  const refused = customWritesOf(writing, custom, settings).filter(({ field, value }) => {
    const held = customValueOf(user, field);
    if (held === undefined) return false;
    const sent = isEmpty(value) ? null : decodeValue(encodeValue(value, field), field);
    if (field.type === 'multi_choice') return !meansTheSame(field.label, sent, held, field.type);
    return !sameValue(sent, held);
  });
  return [...plain.map(([name]) => name), ...refused.map(({ name }) => name)];
}

function isSame(name: string, sent: Value, shown: Value): boolean {
  if (isEmpty(sent) || isEmpty(shown)) return isEmpty(sent) === isEmpty(shown);
  const [left, right] = [String(sent), String(shown)];
  return name === 'email' ? emailKey(left) === emailKey(right) : squeezed(left) === squeezed(right);
}

function squeezed(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
