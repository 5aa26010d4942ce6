import { EXIT } from '../../exit.js';
import { exitCodeOf, type Section } from '../check/sections.js';
import { connect } from '../connect.js';
import type { CommandWorld } from '../process.js';
import { configTextOf, type NewConfig } from './config-text.js';
import { type BothSides, leftOver, proposeMapping } from './propose.js';

/** A config that both sides were tried with, and what they said. */
export interface TriedOut {
  readonly config: NewConfig;
  readonly sections: readonly Section[];
}

/** Opens both sides with the draft, and fits the mapping to what they offer and take. */
export async function tryOut(
  world: CommandWorld,
  file: string,
  draft: NewConfig,
  sides: BothSides,
  variables: Readonly<Record<string, string>>,
): Promise<TriedOut> {
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
