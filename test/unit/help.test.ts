import { readFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { ALL_CODES } from '../../src/cli/groups/help.js';
import { createProgram } from '../../src/cli/program.js';
import { EXIT } from '../../src/exit.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** The reference of the flags, which `hrsync guide commands` shows. */
const FLAGS = readFileSync(new URL('../../src/cli/guide/commands.md', import.meta.url), 'utf8');
const nowhere = { write: () => true };
const program: CommandUnknownOpts = createProgram({ stdout: nowhere, stderr: nowhere }, async () => undefined);

function commandsBelow(command: CommandUnknownOpts, path: string): (readonly [string, CommandUnknownOpts])[] {
  return command.commands.flatMap((inner) => [
    [`${path} ${inner.name()}`, inner] as const,
    ...commandsBelow(inner, `${path} ${inner.name()}`),
  ]);
}

const commands = commandsBelow(program, 'hrsync');

function helpOf(command: CommandUnknownOpts): string {
  let text = '';
  command.configureOutput({
    writeOut: (piece) => {
      text += piece;
    },
  });
  command.outputHelp();
  return text;
}

describe('--help', () => {
  it.each(commands)(
    'of %s says what it does, shows an example of itself, and names its exit codes',
    (path, command) => {
      const help = helpOf(command);
      expect(command.description().length).toBeGreaterThan(15);
      expect(help).toMatch(new RegExp(`\nExample:\n.*hrsync ${path.split(' ')[1]}`));
      expect(help).toMatch(/\nExit codes:\n {4}0 {2}\w/);
      for (const option of command.options.filter(({ hidden }) => !hidden))
        expect(option.description, option.flags).not.toBe('');
    },
  );
});

describe('the README', () => {
  it.each(commands.filter(([path]) => path !== 'hrsync invite due'))('names %s', (path) => {
    expect(README).toContain(`\`${path}`);
  });

  it('leaves the flags to the guide to the commands, which names every one', () => {
    const flags = [program, ...commands.map(([, command]) => command)].flatMap(({ options }) => options);
    const missing = flags.map(({ long }) => long ?? '').filter((long) => !FLAGS.includes(long));
    expect([...new Set(missing)]).toEqual([]);
    expect(README).toContain('(src/cli/guide/commands.md)');
  });

  it('and the help of the program name every exit code', () => {
    expect(ALL_CODES.filter((code) => !README.includes(`\n| ${code} | `))).toEqual([]);
    expect(ALL_CODES).toEqual(Object.values(EXIT).toSorted((one, other) => one - other));
  });
});
