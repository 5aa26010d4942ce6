import { type CommandWords, flagCases, flagsWithValue, type Values } from './words.js';

/** A script for bash, also of version 3.2, as macOS has it. */
export function bashScript(all: readonly CommandWords[]): string {
  const paths = all.slice(1).map(({ path }) => `"${path}"`);
  return `_hrsync_words() {
  COMPREPLY=($(compgen -W "$1" -- "$current"))
  # A word that goes on: no blank behind it.
  case "\${COMPREPLY[0]}" in *[=.]) compopt -o nospace 2>/dev/null ;; esac
}
_hrsync_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$current"))
}
_hrsync() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="hrsync" flag="" word
  COMPREPLY=()
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [ "$word" = "=" ]; then continue; fi
    if [ -n "$flag" ]; then flag=""; continue; fi
    case "$word" in
      ${flagsWithValue(all).join('|')}) flag="$word"; continue ;;
    esac
    case "$path $word" in
      ${paths.join('|')}) path="$path $word" ;;
    esac
  done
  # Behind KEY= of a value nothing can be offered; behind --flag= its values can.
  if [ -z "$flag" ] && { [ "$current" = "=" ] || [ "\${COMP_WORDS[COMP_CWORD-1]}" = "=" ]; }; then return; fi
  if [ "$current" = "=" ]; then current=""; fi
  if [ -n "$flag" ]; then
    case "$path $flag" in
${flagCases(all, callFor).join('\n')}
    esac
    return
  fi
  case "$path" in
${all.map(commandCase).join('\n')}
  esac
}
complete -F _hrsync hrsync
`;
}

function commandCase({ path, commands, flags, values }: CommandWords): string {
  const words = [
    ...commands.map(({ name }) => name),
    ...flags.map(({ long }) => long),
    ...(typeof values === 'object' ? values : []),
  ];
  const call = callFor(words);
  if (values !== 'files') return `    "${path}") ${call} ;;`;
  return `    "${path}") case "$current" in -*) ${call} ;; *) _hrsync_files ;; esac ;;`;
}

function callFor(values: Exclude<Values, 'none'>): string {
  return values === 'files' ? '_hrsync_files' : `_hrsync_words "${values.join(' ')}"`;
}
