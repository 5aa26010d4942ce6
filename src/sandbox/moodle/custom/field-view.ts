import { escapeXml } from '../call/answer.js';
import { type Call, can } from '../call/web-function.js';
import type { ProfileField } from '../site/profile-field.js';
import type { User } from '../site/user.js';
import { storedValue } from './stored-value.js';

/** The custom fields of a user that the caller may see. Empty ones are left out, except checkboxes. */
export function customFieldsOf(user: User, call: Call): readonly object[] {
  const { site, settings } = call;
  const seesHidden = can(call, 'moodle/user:viewalldetails') || user.id === call.user.id;
  return site.fields.flatMap((field) => {
    const value = user.custom[field.shortname] ?? field.default;
    const isEmpty = value === '' || (field.kind === 'datetime' && value === '0');
    if ((isEmpty && field.kind !== 'checkbox') || (field.visible !== 2 && !seesHidden)) return [];
    const displayvalue = displayed(field, value, call.zone);
    const { kind: type, name, shortname } = field;
    // Versions before 4.2 have no displayvalue and put the displayed text into value.
    if (settings.version === '4.1') return [{ type, value: displayvalue, name, shortname }];
    return [{ type, value, displayvalue, name, shortname }];
  });
}

/** The custom values of a user after a write. Unknown shortnames are ignored silently. */
export function withCustomFields(
  present: User['custom'],
  sent: readonly { readonly type: string; readonly value: string }[],
  { site, zone }: Call,
): User['custom'] {
  const stored = sent.flatMap(({ type, value }) => {
    const field = site.fields.find(({ shortname }) => shortname === type);
    return field === undefined ? [] : [[type, storedValue(field, value, zone)] as const];
  });
  return { ...present, ...Object.fromEntries(stored) };
}

function displayed({ kind, hasTime }: ProfileField, value: string, zone: string): string {
  switch (kind) {
    case 'text':
    case 'menu':
      return escapeXml(value);
    case 'textarea':
      return `<div class="no-overflow">${value}</div>`;
    case 'checkbox':
      return value === '' || value === '0' ? 'No' : 'Yes';
    case 'datetime':
      return formatOf(zone, hasTime).format(new Date(Number(value) * 1000));
  }
}

// A format takes far longer to make than to use.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string, hasTime: boolean): Intl.DateTimeFormat {
  const key = `${timeZone} ${hasTime}`;
  const time = hasTime ? ({ hour: 'numeric', minute: '2-digit' } as const) : {};
  const date = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone, ...date, ...time });
  formats.set(key, format);
  return format;
}
