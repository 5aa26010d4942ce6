import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import type { Sandbox } from '../../src/sandbox/index.js';
import type { Ended } from './command.js';

/** What must never come out of a connector. */
interface Guarded {
  readonly sandbox: Sandbox;
  readonly secrets: readonly string[];
  readonly folder: string;
}

const STACK_LINE = /^\s*at .*[:(].*:\d+:\d+\)?$/m;
// Tokens of the stand-ins, and any other that was sent.
const TOKEN = /papi-[\w-]{8}|Bearer [\w-]{8}/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Holds every run to the promises about output: no secret, no escape code, no stack, nobody's name in the log. */
export async function expectHarmless(args: readonly string[], ended: Ended, guarded: Guarded): Promise<void> {
  const everything = `${ended.stdout}${ended.stderr}`;
  const written = await filesBelow(join(guarded.folder, 'state'));
  for (const secret of guarded.secrets) {
    expect(everything).not.toContain(secret);
    for (const [file, bytes] of written) expect(bytes.includes(secret), `a secret in ${file}`).toBe(false);
  }
  expect(everything).not.toMatch(TOKEN);
  expect(everything).not.toMatch(CONTROL);
  expect(stripVTControlCharacters(everything)).toBe(everything);
  if (args.includes('--verbose')) return;
  expect(everything).not.toMatch(STACK_LINE);
  const personal = guarded.sandbox.company.people.flatMap(({ firstName, lastName, email }) => {
    const name = `${firstName} ${lastName}`;
    return [...(name.length > 4 ? [name] : []), ...(email === null ? [] : [email])];
  });
  const shown = personal.filter((text) => ended.stderr.includes(text));
  expect(shown, `names and addresses in the log:\n${ended.stderr}`).toEqual([]);
}

async function filesBelow(folder: string): Promise<readonly (readonly [string, Buffer])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  // Another process of the same state may take its files away meanwhile.
  const read = async (file: string) => [file, await readFile(file).catch(() => Buffer.alloc(0))] as const;
  return Promise.all(files.map(read));
}
