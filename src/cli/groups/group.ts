import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandBody } from '../process.js';

/** Runs a command whose file is being loaded, with the global flags. */
export type Run = (body: Promise<CommandBody>) => Promise<void>;

/** Adds commands that belong together to the program: names, flags and help; what they do is loaded when one is called. */
export type AddCommands = (program: CommandUnknownOpts, run: Run) => void;
