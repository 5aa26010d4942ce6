import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { EXIT } from '../../exit.js';
import { bashScript } from '../completion/bash.js';
import { fishScript } from '../completion/fish.js';
import { type CommandWords, wordsOf } from '../completion/words.js';
import { zshScript } from '../completion/zsh.js';
import type { CommandBody } from '../process.js';

type Shell = 'bash' | 'zsh' | 'fish';

const SCRIPTS: Readonly<Record<Shell, (all: readonly CommandWords[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

/** Prints a script that completes commands, flags and values, made from the program itself. */
export function completion(shell: Shell, program: CommandUnknownOpts): CommandBody {
  return async (world) => {
    const text = SCRIPTS[shell](wordsOf(program));
    world.print({ text, json: { format: 1, shell, script: text } });
    return EXIT.done;
  };
}
