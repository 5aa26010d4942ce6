import { describe, expect, it } from 'vitest';
import type { MappingRule } from '../../../../src/core/mapping.js';
import type { Notes } from '../../../../src/core/notes.js';
import type { Fields } from '../../../../src/core/value.js';
import { silentLog } from '../../../../src/http/log.js';
import { createCustomFields } from '../../../../src/targets/360learning/custom-fields.js';
import type { CustomValue, HeldCustomValue } from '../../../../src/targets/360learning/schema.js';

const rule = (name: string, changes: Partial<MappingRule> = {}): MappingRule => ({
  ...{ field: `custom_fields.${name}`, from: ['x'], whenEmpty: 'clear', write: 'always' },
  ...changes,
});

/** Custom fields on a made-up 360Learning that keeps what it is sent. */
function open(options: { held?: readonly HeldCustomValue[]; rules?: readonly MappingRule[]; create?: boolean } = {}) {
  const fields = [
    { _id: 'badge', name: 'Badge number', type: 'string' },
    { _id: 'since', name: 'Since', type: 'date' },
  ];
  const sent: (readonly CustomValue[])[] = [];
  const warnings: string[] = [];
  const client = {
    customFields: async () => fields,
    createCustomField: async (name: string, type: 'string' | 'date') => {
      const field = { _id: `new ${name}`, name, type };
      fields.push(field);
      return field;
    },
    authorisedValues: async () => [],
    customValues: async () => options.held ?? [],
    putCustomValues: async (_: string, values: readonly CustomValue[]) => void sent.push(values),
  };
  const log = { ...silentLog, warn: (sentence: string) => void warnings.push(sentence) };
  const custom = createCustomFields(client, { create: options.create ?? true }, options.rules, log);
  return { custom, sent, warnings, fields };
}

describe('custom values', () => {
  it('go out with the type of their field, also those that others wrote', async () => {
    const held = [
      { customFieldId: 'since', type: 'date', value: '2026-01-31' },
      { customFieldId: 'hidden', type: 'date', value: '2025-01-31' },
      { customFieldId: 'bare', type: undefined, value: 'text' },
      { customFieldId: 'empty', type: 'string', value: null },
    ];
    const { custom, sent } = open({ held });
    await custom.write('u', { 'custom_fields.Badge number': '42' }, {});
    expect(sent).toEqual([
      [
        { customFieldId: 'since', type: 'date', value: '2026-01-31' },
        { customFieldId: 'hidden', type: 'date', value: '2025-01-31' },
        { customFieldId: 'bare', type: 'string', value: 'text' },
        { customFieldId: 'badge', type: 'string', value: '42' },
      ],
    ]);
  });

  it('have the type of the field itself where an answer gives another', async () => {
    const { custom, sent } = open({ held: [{ customFieldId: 'since', type: 'string', value: '2026-01-31' }] });
    await custom.write('u', { 'custom_fields.Badge number': '42' }, {});
    expect(sent[0]?.[0]).toEqual({ customFieldId: 'since', type: 'date', value: '2026-01-31' });
  });
});

describe('a custom field that is missing', () => {
  it.each([
    ['days in HR', rule('Certified'), 'date', 'date'],
    ['days by the mapping', rule('Certified', { type: 'date' }), 'unknown', 'date'],
    ['days in HR that the mapping turns into text', rule('Certified', { type: 'string' }), 'date', 'string'],
    ['texts in HR', rule('Certified'), 'text', 'string'],
  ] as const)('is made for %s', async (_, mapped, hr, type) => {
    const { custom, fields, sent } = open({ rules: [mapped] });
    custom.expect(new Map([['custom_fields.Certified', hr]]));
    await custom.write('u', { 'custom_fields.Certified': '2026-01-31' }, undefined);
    expect(fields.at(-1)).toMatchObject({ name: 'Certified', type });
    expect(sent).toEqual([[{ customFieldId: 'new Certified', type, value: '2026-01-31' }]]);
  });

  it.each([
    ['Badge', 'Badge number'],
    ['badge  Number', 'Badge number'],
    ['Sincé', 'Since'],
    ['Shoe size', null],
  ])('%s may be %s under another name', async (name, near) => {
    expect(await open({ rules: [rule(name)] }).custom.near(name)).toBe(near);
  });

  it('is not taken for one that the mapping writes as well', async () => {
    const rules = [rule('Badge'), rule('Badge number')];
    expect(await open({ rules }).custom.near('Badge')).toBeNull();
  });

  it('is told when it is made beside one that may be the same under a new name', async () => {
    const { custom, warnings } = open({ rules: [rule('Badge')] });
    await custom.write('u', { 'custom_fields.Badge': '42' }, undefined);
    expect(warnings).toEqual([expect.stringMatching(/"Badge" is made anew; if "Badge number" is the same field/)]);
  });

  it('is refused with the near name where none may be made', async () => {
    const { custom, warnings } = open({ rules: [rule('Badge')], create: false });
    expect(await custom.write('u', { 'custom_fields.Badge': '42' }, undefined)).toEqual(['custom_fields.Badge']);
    expect(warnings).toEqual([expect.stringContaining('did you mean "Badge number"?')]);
  });
});

describe('values that hrsync wrote in a field of another name', () => {
  const own = { customFieldId: 'badge', type: 'string', value: '42' };
  const since = { customFieldId: 'since', type: 'date', value: '2026-01-31' };
  const wrote = { 'custom_fields.Badge': '42' };
  /** The mapping wrote "Badge" to the field `badge`, which is called "Badge number" now. */
  async function renamed(held: readonly HeldCustomValue[], rules = [rule('Badge')]) {
    const stage = open({ held, rules });
    stage.custom.recall(await noted([rule('Badge number')]));
    return stage;
  }

  /** What a run with this mapping leaves to the next one. */
  async function noted(rules: readonly MappingRule[]): Promise<Notes> {
    const { custom } = open({ rules });
    await custom.list();
    return custom.notes(true);
  }

  it('leave it with the write that fills the present one, and what others wrote stays', async () => {
    const { custom, sent, warnings } = await renamed([own, since]);
    expect(await custom.formerNames('Badge')).toEqual(['Badge number']);
    await custom.write('u', wrote, { 'custom_fields.Badge': null });
    expect(sent).toEqual([[since, { customFieldId: 'new Badge', type: 'string', value: '42' }]]);
    expect(warnings).toEqual([expect.stringContaining('values that hrsync wrote in custom field "Badge number" move')]);
  });

  it('leave it as they were acknowledged too, with another value and with none', async () => {
    for (const value of ['43', null]) {
      const { custom, sent } = await renamed([own]);
      await custom.write('u', { 'custom_fields.Badge': value }, wrote);
      expect(sent).toEqual([value === null ? [] : [{ customFieldId: 'new Badge', type: 'string', value }]]);
    }
  });

  it.each<[string, readonly HeldCustomValue[], Fields]>([
    ['holds another value', [{ ...own, value: '7' }], wrote],
    ['is of an account that hrsync never wrote', [own], {}],
    ['is held beside the present one', [own, { customFieldId: 'new Badge', type: 'string', value: '1' }], wrote],
  ])('stay where the field %s', async (_, held, before) => {
    const { custom, sent, fields } = await renamed(held);
    fields.push({ _id: 'new Badge', name: 'Badge', type: 'string' });
    await custom.write('u', { 'custom_fields.Badge': '42' }, before);
    expect(sent[0]).toContainEqual(held[0]);
  });

  it('stay where a line of the mapping names the field, or where the line was another one', async () => {
    const other = { ...rule('Badge'), from: ['another'] };
    for (const rules of [[rule('Badge'), rule('Badge number')], [other]]) {
      const { custom, sent } = await renamed([own], rules);
      await custom.write('u', wrote, { 'custom_fields.Badge': null });
      expect(sent).toEqual([[own, { customFieldId: 'new Badge', type: 'string', value: '42' }]]);
    }
  });

  it('stay where the present field does not take the value', async () => {
    const { custom, sent } = open({ held: [own], rules: [rule('Badge')], create: false });
    custom.recall(await noted([rule('Badge number')]));
    expect(await custom.write('u', wrote, { 'custom_fields.Badge': null })).toEqual(['custom_fields.Badge']);
    expect(sent).toEqual([]);
  });

  it('are noted until everybody has moved or their line is gone, and nothing is asked for that', async () => {
    const before = await noted([rule('Badge number')]);
    const { custom } = open({ rules: [rule('Badge')] });
    custom.recall(before);
    expect(await custom.notes(true)).toEqual(before);
    await custom.write('u', wrote, undefined);
    expect(Object.values(await custom.notes(false))).toEqual([['badge', 'new Badge']]);
    expect(Object.values(await custom.notes(true))).toEqual([['new Badge']]);
    const other = open({ rules: [rule('Since', { write: 'once' })] });
    other.custom.recall(before);
    expect(await other.custom.notes(false)).toEqual({});
  });

  it('are not noted where two lines of the mapping say the same', async () => {
    expect(await noted([rule('Badge number'), rule('Since')])).toEqual({});
  });
});
