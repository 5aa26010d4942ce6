import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { EXIT } from '../../exit.js';
import type { CommandBody } from '../process.js';

interface Words {
  /** `hrsync invite list` */
  readonly path: string;
  readonly commands: readonly CommandUnknownOpts[];
  readonly flags: readonly { readonly long: string; readonly description: string }[];
}

/** Prints a script that completes commands and flags, made from the program itself. */
export function completion(shell: 'bash' | 'zsh' | 'fish', program: CommandUnknownOpts): CommandBody {
  return async (world) => {
    const all = wordsOf(program, program.name(), program);
    const text = shell === 'fish' ? fish(all) : `${shell === 'zsh' ? ZSH : ''}${bash(all)}`;
    world.print({ text, json: { format: 1, shell, script: text } });
    return EXIT.done;
  };
}

const ZSH = 'autoload -U +X bashcompinit && bashcompinit\n';

function wordsOf(command: CommandUnknownOpts, path: string, program: CommandUnknownOpts): readonly Words[] {
  const options = command === program ? program.options : [...command.options, ...program.options];
  const flags = options.flatMap(({ long, description, hidden }) => (long && !hidden ? [{ long, description }] : []));
  const own: Words = { path, commands: command.commands, flags };
  return [own, ...command.commands.flatMap((inner) => wordsOf(inner, `${path} ${inner.name()}`, program))];
}

// Words that are values of flags lead to no command, so only known paths are followed.
function bash(all: readonly Words[]): string {
  const paths = all.slice(1).map(({ path }) => `"${path}"`);
  const cases = all.map(({ path, commands, flags }) => {
    const words = [...commands.map((command) => command.name()), ...flags.map(({ long }) => long)].join(' ');
    return `    "${path}") COMPREPLY=($(compgen -W "${words}" -- "$current")) ;;`;
  });
  return `_hrsync() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="hrsync" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path $word" in
      ${paths.join('|')}) path="$path $word" ;;
    esac
  done
  COMPREPLY=()
  case "$path" in
${cases.join('\n')}
  esac
}
complete -o default -F _hrsync hrsync
`;
}

function fish(all: readonly Words[]): string {
  const lines = all.flatMap(({ path, commands, flags }) => {
    const names = path.split(' ').slice(1);
    const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`).join('; and ');
    const when = names.length === 0 ? '__fish_use_subcommand' : seen;
    return [
      ...commands.map(
        (command) => `complete -c hrsync -f -n '${when}' -a ${command.name()} -d ${quoted(command.description())}`,
      ),
      ...flags.map(
        ({ long, description }) => `complete -c hrsync -n '${when}' -l ${long.slice(2)} -d ${quoted(description)}`,
      ),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
