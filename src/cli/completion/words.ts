import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { HR_FIELDS } from '../../core/employee.js';
import { EXIT } from '../../exit.js';
import { ERROR_KINDS } from '../../report/messages-pages.js';
import { HAPPENINGS } from '../../sandbox/index.js';
import { SYSTEMS } from '../../sandbox/registry.js';
import { SOURCES } from '../../sources/registry.js';
import { TARGETS } from '../../targets/registry.js';
import { ALLOWED_KINDS } from '../arguments.js';
import { GUIDE_NAMES } from '../guide/find-guide.js';

/** What may stand for a value: words, file names, or something that nobody can offer, such as a person. */
export type Values = readonly string[] | 'files' | 'none';

/** A flag and its value; `values` is null for a flag without one. */
export interface FlagWords {
  readonly long: string;
  readonly short: string | null;
  readonly description: string;
  readonly values: Values | null;
}

/** One command: what may follow it. */
export interface CommandWords {
  /** `hrsync invite list` */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly flags: readonly FlagWords[];
  /** What its arguments may be. */
  readonly values: Values;
}

const SYSTEM_NAMES = [...Object.keys(SYSTEMS.sources), ...Object.keys(SYSTEMS.targets)];

/** Values that the program itself takes as any text; a word that ends in = goes on. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  'hrsync errors kind': [...ERROR_KINDS, ...Object.values(EXIT).map(String)],
  'hrsync guide topic': GUIDE_NAMES,
  'hrsync init --source': Object.keys(SOURCES),
  'hrsync init --target': Object.keys(TARGETS),
  'hrsync init --set': ['source.', 'target.'],
  'hrsync rekey --allow': ['unpaired='],
  'hrsync sandbox event kind': Object.keys(HAPPENINGS),
  'hrsync sandbox fault add system': SYSTEM_NAMES,
  'hrsync sandbox fault clear system': SYSTEM_NAMES,
  '--by': HR_FIELDS,
  'hrsync init --timezone': Intl.supportedValuesOf('timeZone'),
  '--allow': ALLOWED_KINDS.map((kind) => `${kind}=`),
};

/** Every command with what may follow it, made from the program. */
export function wordsOf(program: CommandUnknownOpts): readonly CommandWords[] {
  const all = commandsBelow(program, program.name(), program);
  const names = program.commands.map((command) => command.name());
  const help: CommandWords = { path: `${program.name()} help`, commands: [], flags: [], values: names };
  return [...all, help];
}

function commandsBelow(
  command: CommandUnknownOpts,
  path: string,
  program: CommandUnknownOpts,
): readonly CommandWords[] {
  const options = command === program ? program.options : [...command.options, ...program.options];
  const flags = options.flatMap((option): FlagWords[] => {
    const { long, short, description, hidden } = option;
    if (!long || hidden) return [];
    return [{ long, short: short ?? null, description, values: valuesOfFlag(option, path) }];
  });
  const commands = command.commands.map((inner) => ({ name: inner.name(), description: inner.description() }));
  if (command === program) commands.push({ name: 'help', description: 'display help for command' });
  const own = { path, commands, flags, values: valuesOfArguments(command, path) };
  return [own, ...command.commands.flatMap((inner) => commandsBelow(inner, `${path} ${inner.name()}`, program))];
}

function valuesOfFlag(option: CommandUnknownOpts['options'][number], path: string): Values | null {
  if (!option.required && !option.optional) return null;
  const long = option.long ?? '';
  if (option.argChoices !== undefined) return option.argChoices;
  return TEXTS[`${path} ${long}`] ?? TEXTS[long] ?? (option.flags.includes('<file>') ? 'files' : 'none');
}

function valuesOfArguments(command: CommandUnknownOpts, path: string): Values {
  const [first] = command.registeredArguments;
  if (first === undefined) return 'none';
  return first.argChoices ?? TEXTS[`${path} ${first.name()}`] ?? (first.name() === 'file' ? 'files' : 'none');
}

/** Every flag that takes a value, long and short: the word behind it leads to no command. */
export function flagsWithValue(all: readonly CommandWords[]): readonly string[] {
  const names = all.flatMap(({ flags }) =>
    flags.flatMap(({ long, short, values }) => (values === null ? [] : short === null ? [long] : [long, short])),
  );
  return [...new Set(names)];
}

/** The branches of a shell's `case` on `"$path $flag"`: one for each flag with values, with the call that offers them. */
export function flagCases(
  all: readonly CommandWords[],
  callFor: (values: Exclude<Values, 'none'>) => string,
): readonly string[] {
  return all.flatMap(({ path, flags }) =>
    flags.flatMap(({ long, short, values }) => {
      if (values === null || values === 'none') return [];
      const names = [long, ...(short === null ? [] : [short])].map((name) => `"${path} ${name}"`);
      return [`      ${names.join('|')}) ${callFor(values)} ;;`];
    }),
  );
}
