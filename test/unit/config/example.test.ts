import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Config } from '../../../src/config/config.js';
import { loadConfig } from '../../../src/config/load.js';
import { outsideOf } from '../../../src/config/outside.js';
import { parseConfig } from '../../../src/config/parse.js';
import { documentSchema } from '../../../src/config/schema.js';
import { SOURCES } from '../../../src/sources/registry.js';
import { TARGETS } from '../../../src/targets/registry.js';

const file = new URL('../../../config.example.yaml', import.meta.url).pathname;
const environment = {
  PERSONIO_CLIENT_ID: 'hr-client',
  PERSONIO_CLIENT_SECRET: 'hr-s3cret',
  KOMBO_API_KEY: 'kombo-s3cret',
  BAMBOOHR_API_KEY: 'bamboo-s3cret',
  LEARNAMP_CLIENT_ID: 'lms-client',
  LEARNAMP_CLIENT_SECRET: 'lms-s3cret',
  LEARNING360_CLIENT_ID: 'lms-client',
  LEARNING360_CLIENT_SECRET: 'lms-s3cret',
  LEARNUPON_USERNAME: 'portal-key',
  LEARNUPON_PASSWORD: 'portal-s3cret',
  SCIM_TOKEN: 'scim-s3cret',
  HRSYNC_WEBHOOK_TOKEN: 'Bearer of a long token',
  KOMBO_WEBHOOK_SECRET: 'a long secret of Kombo',
  BAMBOOHR_WEBHOOK_KEY: 'a private key of BambooHR',
};

// `  # key: value` or `  # - { … }`, and no sentence.
const COMMENTED_LINE = /^( +)# ((\w+): \S.*|- \{.*)$/;

describe('config.example.yaml', () => {
  it('is a config without a warning', async () => {
    const config = await loadConfig({ path: file, environment, workingDirectory: '/' });
    expect(config).toMatchObject({ name: 'acme', warnings: [], secrets: ['lms-s3cret', 'hr-s3cret'] });
  });

  it.each(['learnamp', '360learning', 'learnupon', 'scim'])(
    'is one still with any one of its commented lines in place (%s)',
    async (type) => {
      const lines = (await exampleFor(type)).split('\n');
      await expect(parse(lines.join('\n'))).resolves.toMatchObject({ target: { definition: { type } }, warnings: [] });
      const commented = lines.filter((line) => COMMENTED_LINE.test(line));
      expect(commented.length).toBeGreaterThan(15);
      for (const line of commented) await expect(parse(uncommented(lines, line)), line).resolves.toBeDefined();
    },
  );

  it('is one still with another HR system in place', async () => {
    const { source, warnings } = await parse(await exampleFor('kombo'));
    expect(source.definition.type).toBe('kombo');
    expect(source.settings).toMatchObject({ api_key: 'kombo-s3cret', region: 'eu' });
    expect(warnings).toEqual([]);
  });

  it('is one still with BambooHR in place, each key with its default', async () => {
    const { source, warnings } = await parse(await exampleFor('bamboohr'));
    expect(source.definition.type).toBe('bamboohr');
    const { base_url: _, ...settings } = source.settings as Record<string, unknown>;
    expect(settings).toEqual(source.definition.settings.parse({ company: 'acme', api_key: 'bamboo-s3cret' }));
    expect(warnings).toEqual([]);
  });

  it('is one still with a CSV file in place', async () => {
    const { source, warnings } = await parse(await exampleFor('csv'));
    expect(source.definition.type).toBe('csv');
    expect(source.settings).toMatchObject({
      path: new URL('inbox/people_*.csv', `file://${file}`).pathname,
      mode: 'full',
    });
    expect(warnings).toEqual([]);
  });

  it('shows every key that a config may have', async () => {
    const senders = await Promise.all(Object.values(SOURCES).map((load) => load()));
    const ends = { sources: Object.keys(SOURCES), targets: Object.keys(TARGETS), target: undefined, senders };
    const adapters = [
      ...(await Promise.all(Object.values(SOURCES).map((load) => load()))),
      ...(await Promise.all(Object.values(TARGETS).map((load) => load()))),
    ];
    const schemas = [documentSchema(ends), ...adapters.flatMap((adapter) => adapter?.settings ?? [])];
    const text = await readFile(file, 'utf8');
    const missing = schemas.flatMap(keysOf).filter((key) => !new RegExp(`\\b${key}:`).test(text));
    expect(missing).toEqual([]);
  });
});

/** The file with what stands in comments for another system, in place of the sections of the same names. */
async function exampleFor(type: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  if (type === 'learnamp') return text;
  const lines = text.split('\n');
  const start = lines.findIndex((_, index) => lines[index + 1] === `#   type: ${type}`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('#'));
  const block = lines.slice(start, end).map((line) => line.replace(/^# ?/, ''));
  const names = block.flatMap((line) => /^\w+(?=:)/.exec(line)?.[0] ?? []);
  const others = text.split(/\n(?=\S)/).filter((section) => !names.includes(/^\w+(?=:)/.exec(section)?.[0] ?? ''));
  return [...others, ...block].join('\n');
}

/** The file with one line in place, instead of the line that has its key in the same section. */
function uncommented(lines: readonly string[], line: string): string {
  const [, indent = '', written = '', key] = COMMENTED_LINE.exec(line) ?? [];
  const at = lines.indexOf(line);
  const start = lines.findLastIndex((other, index) => index < at && /^\w/.test(other));
  const end = lines.findIndex((other, index) => index > at && /^\w/.test(other));
  return lines
    .filter((other, index) => index < start || index > end || !other.startsWith(`${indent}${key}:`))
    .map((other) => (other === line ? indent + written : other))
    .join('\n');
}

function parse(text: string): Promise<Config> {
  const outside = outsideOf(environment, '/');
  return parseConfig(text, { file, readableByOthers: false, outside, sources: SOURCES, targets: TARGETS });
}

/** Every key, at any depth, that a schema takes. */
function keysOf(schema: z.ZodType): string[] {
  return keysIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
}

function keysIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'properties' in node && typeof node.properties === 'object' ? Object.keys(node.properties ?? {}) : [];
  return [...own, ...Object.values(node).flatMap(keysIn)];
}
