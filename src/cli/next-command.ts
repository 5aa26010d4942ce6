import type { CommandWorld } from './process.js';

/** A word of a command line, quoted where a shell would read it otherwise. */
export function shellWord(text: string): string {
  return /^[\w./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command to type next, for the config that this one was for. */
export function nextCommand({ flags }: Pick<CommandWorld, 'flags'>, command: string): string {
  return `hrsync ${command}${flags.config === undefined ? '' : ` --config ${shellWord(flags.config)}`}`;
}
