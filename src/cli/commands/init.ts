import { resolve } from 'node:path';
import { adapterSettings } from '../../config/adapter-settings.js';
import { EXIT } from '../../exit.js';
import { renderFindings } from '../../report/index.js';
import { SOURCES } from '../../sources/index.js';
import { TARGETS } from '../../targets/index.js';
import { answersFrom, checkSettings, type InitFlags, questionsFor } from '../init/answers.js';
import { askAtTerminal } from '../init/ask.js';
import { configTextOf, type NewConfig } from '../init/config-text.js';
import { type BothSides, leftOver, proposeMapping } from '../init/propose.js';
import { writeNewFile } from '../new-file.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { connect } from '../session.js';
import { exitCodeOf, type Section } from './check.js';

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
    const draft: NewConfig = { answers, set: flags.set, settings, rules, further: [] };
    const tried = flags.check ? await tryOut(world, file, draft, sides) : { config: draft, sections: [] };
    const exitCode = exitCodeOf(tried.sections);
    if (exitCode === EXIT.done) await writeNewFile(file, configTextOf(tried.config));
    const written = exitCode === EXIT.done ? file : null;
    const findings = tried.sections.map((section) => `${section.title}\n${renderFindings(section.findings, world)}`);
    const next = `Set the environment variables that it names, then: hrsync check --config ${flags.out}`;
    const end = written === null ? 'Nothing was written.\n' : `Wrote ${file}\n${next}\n`;
    const json = { format: 1, written, exit_code: exitCode, mapping: tried.config.rules, sections: tried.sections };
    world.print({ text: [...findings, end].join('\n'), json });
    return exitCode;
  };
}

/** Opens both sides with the draft, and fits the mapping to what they offer and take. */
async function tryOut(
  world: CommandWorld,
  file: string,
  draft: NewConfig,
  sides: BothSides,
): Promise<{ readonly config: NewConfig; readonly sections: readonly Section[] }> {
  const config = await world.loadConfig({ file, text: configTextOf(draft) });
  const { source, target } = connect(config, world);
  const sections: Section[] = [
    { title: source.title, findings: await source.check([]) },
    { title: target.title, findings: await target.check(draft.rules.map(({ field }) => field)) },
  ];
  if (exitCodeOf(sections) !== EXIT.done) return { config: draft, sections };
  const offered = await source.fields();
  const known = new Map([...sides.taken, ...(await target.fields())].map((field) => [field.name, field]));
  const withheld = (field: string) => target.withheld(field) !== null;
  const rules = proposeMapping({ ...sides, offered, taken: [...known.values()], withheld });
  return { config: { ...draft, rules, further: leftOver(offered, rules) }, sections };
}
