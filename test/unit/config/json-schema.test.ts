import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { DESCRIPTIONS } from '../../../src/config/descriptions.js';
import { configJsonSchema } from '../../../src/config/json-schema.js';
import { SOURCES } from '../../../src/sources/registry.js';
import { TARGETS } from '../../../src/targets/registry.js';

const EXAMPLE = new URL('../../../config.example.yaml', import.meta.url);

describe('the JSON Schema of the config', () => {
  let schema: object;
  let accepts: (value: unknown) => boolean;
  let example: Record<string, Record<string, unknown>>;

  beforeAll(async () => {
    schema = await configJsonSchema(SOURCES, TARGETS);
    // Formats are for editors; every other keyword must be known.
    accepts = new Ajv({ strict: true, strictTypes: false, strictRequired: false, validateFormats: false }).compile(
      schema,
    );
    example = parse(await readFile(EXAMPLE, 'utf8'));
  });

  it('takes the example, references and empty sections included', () => {
    expect(accepts(example)).toBe(true);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
    expect(accepts({ ...example, source: { ...example['source'], concurrency: '${CONCURRENCY}' } })).toBe(true);
    expect(accepts({ ...example, safety: null })).toBe(true);
    const alternatives = [{ any: [{ field: 'team', in: ['Sales'] }] }];
    expect(accepts({ ...example, employees: { filter: alternatives } })).toBe(true);
  });

  it('refuses unknown keys at any depth, and values of another kind', () => {
    const refused = [
      { ...example, sourc: {} },
      { ...example, source: { ...example['source'], clientid: 'x' } },
      { ...example, target: { ...example['target'], password: 'x' } },
      { ...example, mapping: { ...example['mapping'], job_tilte: 'job_title' } },
      { ...example, mapping: { ...example['mapping'], job_title: { frm: 'job_title' } } },
      { ...example, source: { ...example['source'], concurrency: 'many' } },
      { ...example, source: { ...example['source'], type: 'excel' } },
      { ...example, invitations: { send: 'now' } },
      { ...example, employees: { filter: [{ any: [{ field: 'team', inn: ['Sales'] }] }] } },
      Object.fromEntries(Object.entries(example).filter(([key]) => key !== 'mapping')),
    ];
    expect(refused.filter(accepts)).toEqual([]);
  });

  it('knows the settings of every registered source and target', () => {
    const text = JSON.stringify(schema);
    for (const type of [...Object.keys(SOURCES), ...Object.keys(TARGETS)]) expect(text).toContain(`{"const":"${type}"`);
  });

  it('describes keys that there are', () => {
    const text = JSON.stringify(schema);
    const lost = Object.values(DESCRIPTIONS).filter((sentence) => !text.includes(JSON.stringify(sentence)));
    expect(lost).toEqual([]);
  });
});
