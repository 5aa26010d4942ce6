import { isRecord, recordsIn, textIn, type Values } from '../resource.js';
import type { ScimSettings } from '../settings.js';

type Rewrite = ScimSettings['rewrites'][number];

/**
 * What a portal makes of values that it was sent.
 *
 * Source: the examples in https://zitadel.com/docs/guides/manage/user/scim2
 */
const REWRITES: Readonly<Record<Rewrite, (values: Values) => Values>> = {
  phone_numbers: (values) =>
    onLists(values, ['phoneNumbers'], (entry) => ({
      ...entry,
      value: (textIn(entry, 'value') ?? '').replace(/[^\d+]/g, ''),
    })),
  types: (values) => onLists(values, ['emails', 'phoneNumbers'], ({ type: _, ...entry }) => entry),
  preferred_language: (values) => ('preferredLanguage' in values ? { ...values, preferredLanguage: 'und' } : values),
  formatted_name: (values) => {
    const { name } = values;
    if (!isRecord(name)) return values;
    const parts = [name['givenName'], name['familyName']].filter((part) => part !== undefined);
    return { ...values, name: { ...name, formatted: parts.join(' ') } };
  },
  lower_case_user_name: (values) => ({ ...values, userName: textIn(values, 'userName')?.toLowerCase() }),
};

/** The values of a user as the portal keeps them. */
export function rewritten(values: Values, { rewrites }: ScimSettings): Values {
  return rewrites.reduce((held, rewrite) => REWRITES[rewrite](held), values);
}

function onLists(values: Values, keys: readonly string[], change: (entry: Values) => Values): Values {
  const changed = keys.filter((key) => key in values).map((key) => [key, recordsIn(values[key]).map(change)]);
  return { ...values, ...Object.fromEntries(changed) };
}
