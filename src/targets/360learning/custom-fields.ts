import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { caseless } from '../../core/caseless.js';
import { closest } from '../../core/closest.js';
import { convert } from '../../core/convert.js';
import type { SourceFieldType } from '../../core/field-type.js';
import type { MappingRule } from '../../core/mapping.js';
import type { Notes } from '../../core/notes.js';
import { type Fields, isEmpty, type Value } from '../../core/value.js';
import type { AdapterWorld } from '../../http/world.js';
import { askOnce, askOnceEach } from '../kit/ask-once.js';
import { RejectedError } from '../kit/rejected.js';
import type { Learning360Client } from './client.js';
import { canonical, serialised, typeOf } from './custom-values.js';
import { codeOf } from './errors.js';
import { createFormerFields } from './former-fields.js';
import { textFrom } from './record.js';
import type { CustomField, CustomValue, HeldCustomValue } from './schema.js';

/** The custom fields of one company, and people's values in them. */
export interface CustomFields {
  list(): Promise<readonly CustomField[]>;
  /** Values by our field names, null where somebody has none; of all fields, or those that are mapped. */
  read(userId: string): Promise<Fields>;
  /**
   * Writes some values and leaves the others; gives the names of those that were not taken. `before`: what the user is known to
   * hold of the wanted fields; undefined for a new user.
   */
  write(userId: string, wanted: Fields, before: Fields | undefined): Promise<readonly string[]>;
  /** The closed list of a field, or null. */
  choices(field: CustomField): Promise<readonly string[] | null>;
  /** What a field that is missing is made as. */
  typeToMake(name: string): 'string' | 'date';
  /** Takes note of which types HR's values have, by our field names: a day makes a field for days. */
  expect(types: ReadonlyMap<string, SourceFieldType>): void;
  /** A field that nobody maps and whose name is near to one that does not exist, or null. */
  near(name: string): Promise<string | null>;
  /** Names of the fields that earlier runs wrote this one's values to, and that nobody maps any more. */
  formerNames(name: string): Promise<readonly string[]>;
  recall(notes: Notes): void;
  notes(isDone: boolean): Promise<Notes>;
}

type Calls = Pick<
  Learning360Client,
  'customFields' | 'createCustomField' | 'authorisedValues' | 'customValues' | 'putCustomValues'
>;

/** Fields and their closed lists are read once, and remembered for as long as the target is open. */
export function createCustomFields(
  client: Calls,
  may: { readonly create: boolean },
  rules: readonly MappingRule[] | undefined,
  log: AdapterWorld['log'],
): CustomFields {
  let listed: readonly CustomField[] | null = null;
  const readList = askOnce(async () => {
    listed = await client.customFields();
  });
  const makeOnce = askOnceEach(make);
  const authorised = askOnceEach(client.authorisedValues);
  let types: ReadonlyMap<string, SourceFieldType> = new Map();
  const former = createFormerFields(rules, log);

  async function list(): Promise<readonly CustomField[]> {
    await readList();
    return listed ?? [];
  }

  async function fieldFor(name: string): Promise<CustomField | null> {
    const found = (await list()).find((field) => field.name === name);
    if (found !== undefined || !may.create) return found ?? null;
    return makeOnce(name);
  }

  async function near(name: string): Promise<string | null> {
    const labels = (await list()).map((field) => field.name).filter((one) => one !== name && !ruleFor(one));
    const words = (label: string) => ` ${caseless(label)} `;
    const isPart = (label: string) => words(label).includes(words(name)) || words(name).includes(words(label));
    return closest(name, labels) ?? labels.find(isPart) ?? null;
  }

  async function make(name: string): Promise<CustomField> {
    const isMoved = former.of(name, await list()).length > 0;
    const renamed = isMoved ? null : await near(name);
    if (renamed !== null) {
      log.warn(
        `custom field "${name}" is made anew; if "${renamed}" is the same field under a new name, write that name in the mapping: its values are not written any more`,
      );
    }
    const field = await created(name);
    await readList();
    listed = [...(listed ?? []), field];
    return field;
  }

  async function created(name: string): Promise<CustomField> {
    try {
      return await client.createCustomField(name, typeToMake(name));
    } catch (error) {
      if (codeOf(error) !== 'nameAlreadyTaken') throw error;
      const found = (await client.customFields()).find((field) => field.name === name);
      if (found === undefined) throw error;
      return found;
    }
  }

  function typeToMake(name: string): 'string' | 'date' {
    const wanted = ruleFor(name)?.type;
    const isDay = wanted === 'date' || (wanted === undefined && types.get(`${CUSTOM_FIELD_PREFIX}${name}`) === 'date');
    return isDay ? 'date' : 'string';
  }

  function ruleFor(name: string): MappingRule | undefined {
    return rules?.find(({ field }) => field === `${CUSTOM_FIELD_PREFIX}${name}`);
  }

  async function choices(field: CustomField): Promise<readonly string[] | null> {
    const values = await authorised(field._id);
    return values.length === 0 ? null : values;
  }

  /** What a field is to hold; `refusal` says why it cannot. */
  async function valueFor(name: string, value: Value): Promise<CustomValue | { readonly refusal: string }> {
    const field = await fieldFor(name);
    if (field === null)
      return {
        refusal: `there is no such custom field, and create_custom_fields is off${hint(await near(name))}`,
      };
    const text = field.type === 'date' ? convert(value, 'date') : textFrom(value);
    if (typeof text !== 'string') return { refusal: 'the custom field takes a day' };
    const allowed = await choices(field);
    if (allowed !== null && !allowed.includes(text)) return { refusal: 'the value is not one of those authorised' };
    return { customFieldId: field._id, type: typeOf(field.type), value: text };
  }

  /** What somebody holds, as it is to be sent again: with the field's own type, also of values that others wrote. */
  async function heldBy(userId: string): Promise<readonly CustomValue[]> {
    const held = await client.customValues(userId);
    const fields = held.length === 0 ? [] : await list();
    return held.flatMap(({ customFieldId, type, value }) => {
      if (value === null) return [];
      const field = fields.find(({ _id }) => _id === customFieldId);
      return { customFieldId, type: typeOf(field?.type ?? type), value };
    });
  }

  async function write(userId: string, wanted: Fields, before: Fields | undefined): Promise<readonly string[]> {
    const values = new Map<string, CustomValue>();
    if (before !== undefined) for (const value of await heldBy(userId)) values.set(value.customFieldId, value);
    const held = new Map(values);
    const refused: string[] = [];
    for (const [name, value] of Object.entries(wanted)) {
      const own = name.slice(CUSTOM_FIELD_PREFIX.length);
      const written = isEmpty(value) ? null : await valueFor(own, value);
      if (written !== null && 'refusal' in written) {
        refused.push(name);
        log.warn(`custom field "${own}" was not written: ${written.refusal}`, { account: userId });
        continue;
      }
      const present = written?.customFieldId ?? (await list()).find((one) => one.name === own)?._id;
      if (written !== null) values.set(written.customFieldId, written);
      else if (present !== undefined) values.delete(present);
      // An account that is only linked now was never written by hrsync, so nothing is known of it before.
      if (before === undefined || !Object.hasOwn(before, name)) continue;
      const meant = [value, before[name] ?? null];
      for (const id of former.outlived(own, { fields: await list(), present, meant, held })) values.delete(id);
    }
    // A PUT replaces the whole set, so everything that others wrote goes along:
    // https://360learning.readme.io/docs/replace-a-user-custom-fields-values-migration-guide
    if (serialised(values) !== serialised(held)) await client.putCustomValues(userId, [...values.values()]);
    return refused;
  }

  return {
    list,
    choices,
    typeToMake,
    expect(valueTypes) {
      types = valueTypes;
    },
    near,
    formerNames: async (name) => former.of(name, await list()).map((field) => field.name),
    recall: former.recall,
    notes: async (isDone) => former.notes(listed, isDone),
    async read(userId) {
      const [fields, values] = await Promise.all([list(), client.customValues(userId)]);
      const held = new Map(values.map(({ customFieldId, value }: HeldCustomValue) => [customFieldId, value]));
      const mapped = rules?.flatMap(({ field }) => ownName(field) ?? []);
      const names = mapped ?? fields.map(({ name }) => name);
      return Object.fromEntries(
        names.map((name): [string, Value] => {
          const field = fields.find((one) => one.name === name);
          const text = field === undefined ? null : (held.get(field._id) ?? null);
          return [`${CUSTOM_FIELD_PREFIX}${name}`, canonical(text, field, ruleFor(name))];
        }),
      );
    },
    async write(userId, wanted, before) {
      if (Object.keys(wanted).length === 0) return [];
      try {
        return await write(userId, wanted, before);
      } catch (error) {
        if (!(error instanceof RejectedError) || codeOf(error) !== 'customFieldNotFound') throw error;
        // Somebody removed a field since it was listed.
        listed = null;
        readList.forget();
        makeOnce.forget();
        return write(userId, wanted, before);
      }
    },
  };
}

/** `; did you mean "Badge number"?`, or nothing. */
export function hint(near: string | null): string {
  return near === null ? '' : `; did you mean "${near}"?`;
}

function ownName(field: string): string | null {
  return field.startsWith(CUSTOM_FIELD_PREFIX) ? field.slice(CUSTOM_FIELD_PREFIX.length) : null;
}
