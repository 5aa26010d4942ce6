import { resolve } from 'node:path';
import { EXIT } from '../../exit.js';
import { exitCodeOf, renderSections, troublesOf } from '../check/sections.js';
import type { InitFlags } from '../init/answers.js';
import { type AskedFor, askAgain, askFor } from '../init/ask-for.js';
import { configTextOf } from '../init/config-text.js';
import { loadSystems, type Side } from '../init/ends.js';
import { fileProblem, freeName } from '../init/file-name.js';
import { givenByFlags } from '../init/flags.js';
import { Looks } from '../init/looks.js';
import { type Made, makeConfig } from '../init/new-config.js';
import type { Ground } from '../init/questions.js';
import { sayAgain, sayChecked, sayWritten } from '../init/say.js';
import { type TriedOut, tryOut } from '../init/try-out.js';
import { writeNewFile } from '../new-file.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { check } from './check.js';

/** Writes a new config with comments. At a terminal it asks for what no flag gives, and `check` has the last word. */
export function init(flags: InitFlags): CommandBody {
  return async (world) => {
    const ground = await groundOf(world, flags);
    const begun = new Map(givenByFlags(flags, ground.systems, (note) => world.reporter.note(note)));
    if (ground.fileProblem(flags.out) === null) begun.set('out', flags.out);
    let asked = await askFor(world, ground, begun, flags);
    for (;;) {
      const { given, decision, isAnswered } = asked;
      if (decision === 'stop') return stopped(world);
      const out = given.get('out') ?? flags.out;
      const place = { file: resolve(world.host.cwd(), out), out };
      const made = await makeConfig(ground, given);
      const tried = await tryIfKnown(world, place.file, made, asked);
      if (exitCodeOf(tried.sections) === EXIT.done) return written(world, place, made, tried, decision === 'check');
      const found = renderSections(tried.sections, world);
      if (!isAnswered) return refused(world, found, made, tried, place.out);
      world.host.stderr.write(`\n${found}\n`);
      asked = await askAgain(world, ground, asked, refusedBy(tried));
    }
  };
}

async function groundOf({ host, signal }: CommandWorld, { out, set }: InitFlags): Promise<Ground> {
  const folder = host.cwd();
  const looks = new Looks(resolve(folder, out), signal);
  return {
    ...{ systems: await loadSystems(), set, environment: host.env },
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    fileProblem: (name) => fileProblem(folder, name),
    freeName: freeName(folder, out),
    look: (definition, value) => looks.at(definition, value),
  };
}

// Without credentials there is nothing to try, and no reason to lose the answers.
async function tryIfKnown(world: CommandWorld, file: string, made: Made, { decision }: AskedFor): Promise<TriedOut> {
  if (decision !== 'check' || made.unknown.length > 0) return { config: made.config, sections: [] };
  return tryOut(world, file, made.config, made.sides, made.variables);
}

function refusedBy({ sections }: TriedOut): readonly Side[] {
  const refusing = sections.filter((section) => exitCodeOf([section]) !== EXIT.done);
  return refusing.flatMap(({ side }) => side ?? []);
}

interface Place {
  readonly file: string;
  readonly out: string;
}

async function written(
  world: CommandWorld,
  { file, out }: Place,
  { variables, unset, unknown }: Made,
  { config, sections }: TriedOut,
  wished: boolean,
): Promise<number> {
  const text = configTextOf(config);
  await writeNewFile(file, text);
  const flags = { ...world.flags, config: out === 'hrsync.yaml' && !world.host.env['HRSYNC_CONFIG'] ? undefined : out };
  const untried = wished && unknown.length > 0;
  const json = { format: 1, written: file, mapping: config.rules, sections, unset_variables: unset };
  if (untried || !wished || flags.json) {
    const exitCode = untried ? EXIT.usage : EXIT.done;
    const troubles = untried ? [`not checked: ${unknown.join(', ')} not set`] : [];
    world.print({
      text: sayWritten({ flags }, file, unset, untried),
      json: { ...json, exit_code: exitCode },
      troubles,
    });
    return exitCode;
  }
  world.print({ text: sayChecked(file, unset), json });
  return check({})({ ...world, flags, loadConfig: () => world.loadConfig({ file, text, variables }) });
}

function refused(
  world: CommandWorld,
  found: string,
  { config, unset }: Made,
  { sections }: TriedOut,
  out: string,
): number {
  const exitCode = exitCodeOf(sections);
  const json = {
    format: 1,
    written: null,
    exit_code: exitCode,
    mapping: config.rules,
    sections,
    unset_variables: unset,
  };
  const text = `${found}\nNothing was written. ${sayAgain(config, out)}`;
  world.print({ text, json, troubles: troublesOf(sections) });
  return exitCode;
}

function stopped(world: CommandWorld): number {
  world.print({ text: 'Nothing was written.\n', json: { format: 1, written: null, exit_code: EXIT.done } });
  return EXIT.done;
}
