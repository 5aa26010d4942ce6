import type { AccountData } from './account.js';
import type { Body } from './body.js';
import type { WriteContext } from './environment.js';
import { notFound, validationFailed } from './refusal.js';
import { isBlank } from './values.js';

/**
 * Custom values, matched by name. Null and the empty text clear; names left out are unchanged; an unknown name is
 * answered as an unknown user is. Switched off, the whole list is ignored.
 */
export function readCustomFields(body: Body, { settings, account }: WriteContext): Partial<AccountData> {
  const sent = body['customFields'];
  if (!settings.customFieldsEnabled || !Array.isArray(sent)) return {};
  const values: Record<string, string> = { ...account?.customFields };
  for (const { name, value } of sent.map(nameAndValue)) {
    const definition = settings.customFields.find((field) => field.name === name);
    if (definition === undefined) throw notFound();
    if (!isBlank(value)) values[definition.name] = String(value);
    else if (definition.required) throw validationFailed('value', 'Value', "can't be blank");
    else delete values[definition.name];
  }
  return { customFields: values };
}

function nameAndValue(entry: unknown): { readonly name: unknown; readonly value: unknown } {
  if (typeof entry !== 'object' || entry === null) return { name: undefined, value: undefined };
  return { name: undefined, value: undefined, ...entry };
}
