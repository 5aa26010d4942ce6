import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { type Fields, isEmpty } from '../../core/value.js';
import type { CustomFields } from './custom-fields.js';
import { sayMoved } from './former-fields.js';
import { textFrom } from './record.js';
import type { Learning360Settings } from './settings.js';

/** What the planned values need of custom fields that is not there: the fields themselves, or values of a closed list. */
export async function missingReferences(
  customFields: Pick<CustomFields, 'list' | 'choices' | 'near' | 'formerNames'>,
  { create_custom_fields }: Pick<Learning360Settings, 'create_custom_fields'>,
  fields: AsyncIterable<Fields>,
): Promise<readonly string[]> {
  const wanted = new Map<string, Set<string>>();
  for await (const values of fields) {
    for (const [name, value] of Object.entries(values)) {
      if (!name.startsWith(CUSTOM_FIELD_PREFIX) || isEmpty(value)) continue;
      const own = name.slice(CUSTOM_FIELD_PREFIX.length);
      wanted.set(own, (wanted.get(own) ?? new Set()).add(textFrom(value)));
    }
  }
  if (wanted.size === 0) return [];
  const known = new Map((await customFields.list()).map((field) => [field.name, field]));
  const absent = [...wanted.keys()].filter((name) => !known.has(name)).sort();
  const end = create_custom_fields ? 'will be made' : 'will not be made (create_custom_fields is off)';
  const moved = new Map(
    await Promise.all([...wanted.keys()].map(async (name) => [name, await customFields.formerNames(name)] as const)),
  );
  const hinted = await Promise.all(
    absent.map(async (name) => {
      if (moved.get(name)?.length) return name;
      const near = await customFields.near(name);
      return near === null ? name : `${name} (there is "${near}")`;
    }),
  );
  const sentences =
    hinted.length === 0
      ? []
      : [`custom fields that 360Learning does not have yet and that ${end}: ${hinted.join(', ')}`];
  for (const [name, values] of wanted) {
    const field = known.get(name);
    const choices = field === undefined ? null : await customFields.choices(field);
    const outside = choices === null ? [] : [...values].filter((value) => !choices.includes(value)).sort();
    if (outside.length > 0) sentences.push(`custom field "${name}" does not take ${outside.slice(0, 20).join(', ')}`);
  }
  for (const [name, others] of moved) sentences.push(...others.map((other) => sayMoved(other, name)));
  return sentences;
}
