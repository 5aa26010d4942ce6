import { resolve } from 'node:path';
import { adapterSettings } from '../../config/adapter-settings.js';
import { EXIT } from '../../exit.js';
import { renderFindings } from '../../report/index.js';
import { SOURCES } from '../../sources/registry.js';
import { TARGETS } from '../../targets/registry.js';
import { exitCodeOf, type Section, troublesOf } from '../check/sections.js';
import { type Answers, answersFrom, checkSettings, type InitFlags, questionsFor } from '../init/answers.js';
import { askAtTerminal, askValueAtTerminal } from '../init/ask.js';
import { configTextOf, type NewConfig } from '../init/config-text.js';
import { askForVariables, type MissingVariable, missingVariables } from '../init/credentials.js';
import { type BothSides, leftOver, proposeMapping } from '../init/propose.js';
import { writeNewFile } from '../new-file.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { connect } from '../session.js';

/** Writes a new config with comments; with `--check` only when both sides let it in, and with a mapping that fits them. */
export function init(flags: InitFlags): CommandBody {
  return async (world) => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const questions = questionsFor(Object.keys(SOURCES), Object.keys(TARGETS), zone);
    const answers = await answersFrom(flags, questions, askAtTerminal(world));
    const [source, target] = await Promise.all([SOURCES[answers.source]?.(), TARGETS[answers.target]?.()]);
    if (source === undefined || target === undefined) throw new Error('a question took a system that there is not');
    const settings = { source: adapterSettings(source), target: adapterSettings(target) };
    checkSettings(flags.set, settings);
    const sides: BothSides = {
      offered: null,
      taken: target.fields,
      types: target.types,
      withheld: (field) => field === 'leave_date',
    };
    const rules = proposeMapping(sides);
    const file = resolve(world.host.cwd(), flags.out);
    const { filter = [] } = source;
    const draft: NewConfig = { answers, set: flags.set, settings, filter, rules, further: [] };
    const missing = missingVariables(configTextOf(draft), world.host.env);
    const variables = flags.check ? await typedVariables(world, missing) : {};
    const unset = missing.map(({ name }) => name);
    // Without credentials there is nothing to try, and no reason to lose the answers.
    const untried = flags.check === true && unset.some((name) => variables[name] === undefined);
    const tries = flags.check === true && !untried;
    const tried = tries ? await tryOut(world, file, draft, sides, variables) : { config: draft, sections: [] };
    const exitCode = untried ? EXIT.usage : exitCodeOf(tried.sections);
    const good = untried || exitCode === EXIT.done;
    if (good) await writeNewFile(file, configTextOf(tried.config));
    const written = good ? file : null;
    const findings = tried.sections.map((section) => `${section.title}\n${renderFindings(section.findings, world)}`);
    const end = good ? sayWritten(file, flags.out, unset, untried) : `Nothing was written. ${sayAgain(flags, answers)}`;
    const json = {
      ...{ format: 1, written, exit_code: exitCode, mapping: tried.config.rules, sections: tried.sections },
      ...{ unset_variables: unset },
    };
    const troubles = untried ? [`not checked: ${unset.join(', ')} not set`] : troublesOf(tried.sections);
    world.print({ text: [...findings, end].join('\n'), json, troubles });
    return exitCode;
  };
}

async function typedVariables(
  world: CommandWorld,
  missing: readonly MissingVariable[],
): Promise<Readonly<Record<string, string>>> {
  const ask = askValueAtTerminal(world);
  return ask === null ? {} : askForVariables(missing, ask);
}

function sayWritten(file: string, name: string, unset: readonly string[], untried: boolean): string {
  const check = `hrsync check --config ${shellWord(name)}`;
  const next = unset.length === 0 ? `Next: ${check}` : `Set ${unset.join(', ')} in the environment, then: ${check}`;
  return [
    `Wrote ${file}`,
    ...(untried ? ['It was not checked: its credentials are not known yet.'] : []),
    next,
    '',
  ].join('\n');
}

// The command that repeats the answers, so that nobody has to type them twice.
function sayAgain({ out, set }: InitFlags, { source, target, name, timezone }: Answers): string {
  const flags = { '--source': source, '--target': target, '--name': name, '--timezone': timezone, '--out': out };
  const words = Object.entries(flags).flatMap(([flag, value]) => [flag, shellWord(value)]);
  const settings = Object.entries(set).flatMap(([key, value]) => ['--set', shellWord(`${key}=${value}`)]);
  return `Mend what is marked, then repeat:\n  hrsync init ${[...words, ...settings, '--check'].join(' ')}\n`;
}

function shellWord(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Opens both sides with the draft, and fits the mapping to what they offer and take. */
async function tryOut(
  world: CommandWorld,
  file: string,
  draft: NewConfig,
  sides: BothSides,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly config: NewConfig; readonly sections: readonly Section[] }> {
  const config = await world.loadConfig({ file, text: configTextOf(draft), variables });
  const { source, target } = connect(config, world);
  const sections: Section[] = [
    { title: source.title, side: 'source', findings: await source.check([]) },
    { title: target.title, side: 'target', findings: await target.check(draft.rules.map(({ field }) => field)) },
  ];
  if (exitCodeOf(sections) !== EXIT.done) return { config: draft, sections };
  const offered = await source.fields();
  const known = new Map([...sides.taken, ...(await target.fields())].map((field) => [field.name, field]));
  const withheld = (field: string) => target.withheld(field) !== null;
  const rules = proposeMapping({ ...sides, offered, taken: [...known.values()], withheld });
  return { config: { ...draft, rules, further: leftOver(offered, rules) }, sections };
}
