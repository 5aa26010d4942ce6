import { nextCommand, shellWord } from '../next-command.js';
import type { CommandWorld } from '../process.js';
import type { NewConfig } from './config-text.js';

function sayUnset(unset: readonly string[]): string {
  return `Set ${unset.join(', ')} in the environment`;
}

/** That the file is there, and what comes next where no check follows. */
export function sayWritten(
  world: Pick<CommandWorld, 'flags'>,
  file: string,
  unset: readonly string[],
  untried: boolean,
): string {
  const check = nextCommand(world, 'check');
  const next = unset.length === 0 ? `Next: ${check}` : `${sayUnset(unset)}, then: ${check}`;
  return lines([`Wrote ${file}`, ...(untried ? ['It was not checked: its credentials are not known yet.'] : []), next]);
}

/** That the file is there, where a check follows with what was typed. */
export function sayChecked(file: string, unset: readonly string[]): string {
  return lines([
    `Wrote ${file}`,
    ...(unset.length === 0
      ? []
      : [`${sayUnset(unset)} before the next command:\nsecrets that you typed are not kept.`]),
    '',
  ]);
}

/** The command that repeats the answers, so that nobody has to type them twice. */
export function sayAgain({ set, answers }: Pick<NewConfig, 'set' | 'answers'>, out: string): string {
  const { source, target, name, timezone } = answers;
  const flags = { '--source': source, '--target': target, '--name': name, '--timezone': timezone, '--out': out };
  const words = Object.entries(flags).flatMap(([flag, value]) => [flag, shellWord(value)]);
  const settings = Object.entries(set).flatMap(([key, value]) => ['--set', shellWord(`${key}=${value}`)]);
  return `Mend what is marked, then repeat:\n  hrsync init ${[...words, ...settings, '--check'].join(' ')}\n`;
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`;
}
