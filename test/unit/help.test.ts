import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { describe, expect, it } from 'vitest';
import { completion } from '../../src/cli/commands/completion.js';
import { ALL_CODES } from '../../src/cli/groups/help.js';
import type { CommandWorld } from '../../src/cli/process.js';
import { createProgram } from '../../src/cli/program.js';
import { EXIT } from '../../src/exit.js';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
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

/** The script for a shell, made from the program. */
async function scriptFor(shell: 'bash' | 'zsh' | 'fish'): Promise<string> {
  let script = '';
  const print: CommandWorld['print'] = ({ text }) => {
    script = text;
  };
  const never = () => Promise.reject(new Error('not asked for'));
  const base = { flags: { color: false }, signal: new AbortController().signal, width: 80, colour: false };
  const host = { argv: [], env: {}, stdout: nowhere, stderr: nowhere, cwd: () => '.', on: () => 0, off: () => 0 };
  const silent = async () => undefined;
  const quiet = { started: silent, reading: silent, matching: silent, planned: silent, applying: silent };
  const reporter = { ...quiet, changed: silent, note: silent, finished: silent, verified: silent, failed: silent };
  const world = {
    ...base,
    host,
    reporter,
    newReporter: () => reporter,
    now: () => new Date(0),
    redact: String,
    loadConfig: never,
    stream: never,
    print,
  };
  await completion(shell, program)(world);
  return script;
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

  it('names every flag', () => {
    const flags = [program, ...commands.map(([, command]) => command)].flatMap(({ options }) => options);
    const missing = flags.map(({ long }) => long ?? '').filter((long) => !README.includes(long));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('and the help of the program name every exit code', () => {
    expect(ALL_CODES.filter((code) => !README.includes(`\n| ${code} | `))).toEqual([]);
    expect(ALL_CODES).toEqual(Object.values(EXIT).toSorted((one, other) => one - other));
  });
});

describe('completion', () => {
  const complete = (script: string, ...words: readonly string[]) =>
    execFileSync('bash', [
      '-c',
      `${script}\nCOMP_WORDS=(hrsync "$@"); COMP_CWORD=$#; _hrsync; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      ...words,
    ])
      .toString()
      .trim()
      .split('\n');

  it('of bash offers commands, commands below them, and flags, whatever stands between', async () => {
    const script = await scriptFor('bash');
    expect(complete(script, 'imp')).toEqual(['import-all']);
    expect(complete(script, 'invite', 'l')).toEqual(['list']);
    expect(complete(script, '-c', 'acme.yaml', 'import-all', '--dr')).toEqual(['--dry-run']);
    expect(complete(script, 'explain', '--f')).toEqual(['--fresh']);
  });

  it('of zsh is the same behind its bridge, and of fish names every command', async () => {
    expect(await scriptFor('zsh')).toBe(`autoload -U +X bashcompinit && bashcompinit\n${await scriptFor('bash')}`);
    const fish = await scriptFor('fish');
    for (const [, command] of commands) expect(fish).toContain(` -a ${command.name()} -d '`);
  });
});
