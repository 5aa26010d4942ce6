import { type CommandWords, type FlagWords, flagsWithValue } from './words.js';

/** A script for fish. */
export function fishScript(all: readonly CommandWords[]): string {
  const paths = all.slice(1).map(({ path }) => `'${path}'`);
  return `function __hrsync_at
    set -l path hrsync
    set -l flag ''
    set -l words (commandline -opc)
    set -e words[1]
    for word in $words
        if test -n "$flag"
            set flag ''
            continue
        end
        switch $word
            case ${flagsWithValue(all).join(' ')}
                set flag $word
                continue
        end
        switch "$path $word"
            case ${paths.join(' ')}
                set path "$path $word"
        end
    end
    test "$path" = "$argv[1]"
end
complete -c hrsync -e
complete -c hrsync -f
${all.flatMap(linesFor).join('\n')}
`;
}

function linesFor({ path, commands, flags, values }: CommandWords): readonly string[] {
  const when = `complete -c hrsync -n "__hrsync_at '${path}'"`;
  const words = typeof values === 'object' && values.length > 0 ? [`${when} -a ${quoted(values.join(' '))}`] : [];
  return [
    ...commands.map(({ name, description }) => `${when} -a ${name} -d ${quoted(description)}`),
    ...flags.map((flag) => `${when} ${flagWords(flag)}`),
    ...words,
    ...(values === 'files' ? [`${when} -F`] : []),
  ];
}

function flagWords({ long, short, description, values }: FlagWords): string {
  const name = `${short === null ? '' : `-s ${short.slice(1)} `}-l ${long.slice(2)} -d ${quoted(description)}`;
  if (values === null) return name;
  if (values === 'files') return `${name} -r -F`;
  return values === 'none' ? `${name} -x` : `${name} -x -a ${quoted(values.join(' '))}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
