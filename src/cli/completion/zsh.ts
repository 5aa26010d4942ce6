import { type CommandWords, flagCases, flagsWithValue, type Values } from './words.js';

/** A script for zsh, to be sourced, or saved as `_hrsync` in a folder of `$fpath`. */
export function zshScript(all: readonly CommandWords[]): string {
  const paths = all.slice(1).map(({ path }) => `"${path}"`);
  return `#compdef hrsync
_hrsync() {
  local at="hrsync" flag="" word
  local -a commands flags
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n "$flag" ]]; then flag=""; continue; fi
    case "$word" in
      ${flagsWithValue(all).join('|')}) flag="$word"; continue ;;
    esac
    case "$at $word" in
      ${paths.join('|')}) at="$at $word" ;;
    esac
  done
  if [[ -z "$flag" && "$PREFIX" == --*=* ]]; then
    flag="\${PREFIX%%=*}"
    compset -P '*='
  fi
  if [[ -n "$flag" ]]; then
    case "$at $flag" in
${flagCases(all, callFor).join('\n')}
    esac
    return
  fi
  case "$at" in
${all.map(commandCase).join('\n')}
  esac
}
if [[ "\${funcstack[1]}" == "_hrsync" ]]; then
  _hrsync "$@"
else
  if ! (( \${+functions[compdef]} )); then autoload -Uz compinit && compinit -i; fi
  compdef _hrsync hrsync
fi
`;
}

function commandCase({ path, commands, flags, values }: CommandWords): string {
  const lines = [
    ...(commands.length === 0 ? [] : [`commands=(${commands.map(described).join(' ')}); _describe command commands`]),
    `flags=(${flags.map(({ long, description }) => described({ name: long, description })).join(' ')})`,
    ...(flags.length === 0 ? [] : ['_describe -o flag flags']),
    ...(values === 'none' ? [] : [callFor(values)]),
  ];
  return `    "${path}") ${lines.join('; ')} ;;`;
}

function callFor(values: Exclude<Values, 'none'>): string {
  if (values === 'files') return '_files';
  const [going, whole] = [values.filter(goesOn), values.filter((value) => !goesOn(value))];
  return [
    ...(whole.length === 0 ? [] : [`compadd -- ${whole.join(' ')}`]),
    ...(going.length === 0 ? [] : [`compadd -S '' -- ${going.join(' ')}`]),
  ].join('; ');
}

function goesOn(value: string): boolean {
  return /[=.]$/.test(value);
}

function described({ name, description }: { readonly name: string; readonly description: string }): string {
  return `'${`${name}:${description}`.replaceAll("'", "'\\''")}'`;
}
