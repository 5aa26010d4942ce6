import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { afterAll, describe, expect, it } from 'vitest';
import { completion } from '../../src/cli/commands/completion.js';
import type { CommandWorld } from '../../src/cli/process.js';
import { createProgram } from '../../src/cli/program.js';
import { EXIT } from '../../src/exit.js';
import { ERROR_KINDS } from '../../src/report/messages-pages.js';

const nowhere = { write: () => true };
const program: CommandUnknownOpts = createProgram({ stdout: nowhere, stderr: nowhere }, async () => undefined);

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
    loadConfigAt: never,
    lookAtConfig: never,
    stream: never,
    print,
  };
  await completion(shell, program)(world);
  return script;
}

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

const folder = mkdtempSync(join(tmpdir(), 'hrsync-completion-'));
for (const name of ['night plan.json', 'acme.yaml']) writeFileSync(join(folder, name), '');
const scripts = Object.fromEntries(
  await Promise.all(
    SHELLS.map(async (shell) => {
      const file = join(folder, `.script.${shell}`);
      writeFileSync(file, await scriptFor(shell));
      return [shell, file] as const;
    }),
  ),
) as Record<Shell, string>;
afterAll(() => rmSync(folder, { recursive: true }));

const isInstalled = (shell: Shell) => spawnSync(shell, ['-c', ':'], { stdio: 'ignore' }).status === 0;
const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TERM: 'xterm', LC_ALL: 'C.UTF-8' };

/** What is typed, and what a TAB must and must not offer there. */
const CASES: readonly (readonly [typed: string, offered: readonly string[], not: readonly string[]])[] = [
  ['hrsync imp', ['import-all'], ['invite']],
  ['hrsync invite l', ['list'], ['send']],
  ['hrsync -c acme.yaml import-all --dr', ['--dry-run'], []],
  ['hrsync --config sync import-all --dr', ['--dry-run'], []],
  ['hrsync explain --f', ['--fresh'], []],
  ['hrsync import-all --allow dea', ['deactivate='], ['create=']],
  ['hrsync --log-format ', ['text', 'json'], ['import-all', 'acme.yaml']],
  ['hrsync errors 1', ['1', '10', '130'], ['7']],
  ['hrsync errors Lock', ['LockedError'], ['UsageError']],
  ['hrsync completion ', ['bash', 'zsh', 'fish'], ['acme.yaml']],
  ['hrsync sandbox --target lea', ['learnamp'], []],
  ['hrsync init --source per', ['personio'], []],
  ['hrsync help inv', ['invite'], []],
  ['hrsync apply acm', ['acme.yaml'], []],
  ['hrsync plan --html acm', ['acme.yaml'], []],
];

describe('completion of bash', () => {
  const complete = (typed: string): readonly string[] => {
    const words = typed.split(' ').slice(1);
    const body = `source "$0"; COMP_WORDS=(hrsync "$@"); COMP_CWORD=$#; _hrsync; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['--norc', '-c', body, scripts.bash, ...words], { cwd: folder, env })
      .toString()
      .trim()
      .split('\n');
  };

  it.each(CASES)('%s', (typed, offered, not) => {
    const words = complete(typed);
    for (const word of offered) expect(words).toContain(word);
    for (const word of not) expect(words).not.toContain(word);
  });

  it('offers no value where a person or a number stands, and takes --flag=value', () => {
    expect(complete('hrsync invite send ')).not.toContain('acme.yaml');
    expect(complete('hrsync import-all --only ')).toEqual(['']);
    expect(complete('hrsync import-all --allow = dea')).toEqual(['deactivate=']);
    expect(complete('hrsync import-all --allow deactivate = ')).toEqual(['']);
    expect(complete('hrsync apply nig')).toEqual(['night plan.json']);
  });
});

describe('completion of fish', () => {
  const fish: Shell = 'fish';

  it('is a script that knows every command, flag and value', () => expectWhole('fish'));

  it('offers in fish what may follow', () => {
    if (!isInstalled('fish')) return expectWhole('fish');
    for (const [typed, offered, not] of CASES) {
      const body = `source ${scripts.fish}; complete -C '${typed}'`;
      const answer = execFileSync(fish, ['--no-config', '-c', body], { cwd: folder, env }).toString();
      const words = answer.split('\n').map((line) => line.split('\t')[0]);
      for (const word of offered) expect(words, typed).toContain(word);
      for (const word of not) expect(words, typed).not.toContain(word);
    }
  });
});

// Types each line into a zsh at a terminal of its own, presses TAB, and waits for what must come.
const TYPIST = `
zmodload zsh/zpty
zpty -b shell zsh -f -i
zpty -w shell "$1; print BEG''UN"
shift
screen=""
await() {
  for i in {1..400}; do
    while zpty -r -t shell chunk; do screen+=$chunk; done
    [[ "$screen" == *"$1"* ]] && return 0
    sleep 0.05
  done
  print -r -- "after '$2' no '$1' came: \${(V)screen}"; exit 1
}
await BEGUN start
while (( $# > 0 )); do
  screen=""
  zpty -w -n shell "$1"$'\t\t'
  await "$2" "$1"
  zpty -w -n shell $'\x15'
  shift 2
done
[[ "$screen" == *(command not found|bad pattern|error)* ]] && { print -r -- "\${(V)screen}"; exit 1 }
print ok
`;

describe('completion of zsh', () => {
  it('is a script that knows every command, flag and value', () => expectWhole('zsh'));

  it.each([
    ['without compinit', `source ${scripts.zsh}`],
    ['after compinit', `autoload -Uz compinit; compinit -i -D; source ${scripts.zsh}`],
  ])('offers at a TAB in zsh what may follow, %s', (_, setUp) => {
    if (!isInstalled('zsh')) return expectWhole('zsh');
    const typist = join(folder, '.typist.zsh');
    writeFileSync(typist, TYPIST);
    // What is completed stands behind what was typed; of several words the last one is shown.
    const lines = CASES.flatMap(([typed, offered]) => {
      const [last = ''] = offered.slice(-1);
      const begun = typed.split(' ').at(-1) ?? '';
      return [typed, offered.length === 1 ? last.slice(begun.length) : last];
    });
    const { stdout, stderr } = spawnSync('zsh', ['-f', typist, `cd ${folder}; ${setUp}`, ...lines], { env });
    expect(stdout.toString().trim(), stderr.toString()).toBe('ok');
  });
});

/** Where a shell is not installed, its script can only be read. */
function expectWhole(shell: Shell): void {
  const script = execFileSync('cat', [scripts[shell]]).toString();
  const below = (command: CommandUnknownOpts, path: string): void => {
    for (const { long, hidden } of command.options)
      if (long && !hidden) expect(script, path).toContain(shell === 'fish' ? `-l ${long.slice(2)} ` : long);
    for (const inner of command.commands) {
      const name = `${path} ${inner.name()}`;
      expect(script).toContain(shell === 'fish' ? `'${name}'` : `"${name}"`);
      below(inner, name);
    }
  };
  below(program, 'hrsync');
  for (const value of [...ERROR_KINDS, ...Object.values(EXIT), 'deactivate=', 'learnamp'])
    expect(script).toContain(`${value}`);
  expect(script).not.toMatch(/bashcompinit|undefined|\[object/);
}
