import type { SetupLook } from '../../core/setup.js';
import { checkSettings, type InitFlags } from './answers.js';
import type { NewConfig } from './config-text.js';
import { loginOf, type Systems, settingsOf } from './ends.js';
import type { Given } from './interview.js';
import { type BothSides, proposeMapping } from './propose.js';
import { definitionOf, type Ground, wantedNow } from './questions.js';

/** A config as far as answers alone make it, and what is known of both sides before they are asked. */
interface Draft {
  readonly config: NewConfig;
  readonly sides: BothSides;
}

/** Everything that the answers make. */
export interface Made extends Draft {
  /** What was typed and must not stand in the file, by variable. */
  readonly variables: Readonly<Record<string, string>>;
  /** The variables that the file needs and that the environment lacks. */
  readonly unset: readonly string[];
  /** Those of them that nobody typed either: without them nothing can be tried. */
  readonly unknown: readonly string[];
}

/** Puts together what the answers make: the file, and what is not for the file. */
export async function makeConfig(ground: Ground, given: Given): Promise<Made> {
  const { systems, set } = ground;
  const wanted = wantedNow(ground, given).map((one) => ({ ...one, typed: given.get(`${one.side}.${one.name}`) ?? '' }));
  const left = wanted.filter(({ secret, typed }) => secret || typed === '');
  const plain = wanted.filter(({ secret, typed }) => !secret && typed !== '');
  const source = definitionOf(systems, 'source', given);
  const setting = source?.setup?.look?.setting;
  const key = `source.${setting}`;
  const named = given.get(key) ?? set[key];
  const look = source === undefined || named === undefined ? NO_LOOK : await ground.look(source, named);
  const known = {
    ...set,
    ...Object.fromEntries(plain.map(({ side, name, typed }) => [`${side}.${name}`, typed])),
    ...(named !== undefined && { [key]: named }),
  };
  return {
    ...draftFrom(systems, given, known, look),
    variables: Object.fromEntries(left.flatMap(({ variable, typed }) => (typed === '' ? [] : [[variable, typed]]))),
    unset: left.map(({ variable }) => variable),
    unknown: left.filter(({ typed }) => typed === '').map(({ variable }) => variable),
  };
}

const NO_LOOK: SetupLook = { shows: [], settings: {}, offers: null };

function draftFrom(systems: Systems, given: Given, set: InitFlags['set'], look: SetupLook): Draft {
  const [source, target] = [definitionOf(systems, 'source', given), definitionOf(systems, 'target', given)];
  if (source === undefined || target === undefined) throw new Error('a question took a system that there is not');
  const namesSet = (side: string) =>
    Object.keys(set).flatMap((key) => (key.startsWith(`${side}.`) ? [key.slice(side.length + 1)] : []));
  const settings = {
    source: settingsOf(source, loginOf(source, given.get('source.login'), namesSet('source'))),
    target: settingsOf(target, loginOf(target, given.get('target.login'), namesSet('target'))),
  };
  checkSettings(set, settings);
  const sides: BothSides = {
    offered: look.offers,
    taken: target.fields,
    types: target.types,
    withheld: (field) => field === 'leave_date',
  };
  const answer = (key: string) => given.get(key) ?? '';
  const config: NewConfig = {
    answers: { name: answer('name'), timezone: answer('timezone'), source: source.type, target: target.type },
    set,
    proposed: { source: look.settings, target: {} },
    settings,
    filter: source.filter ?? [],
    rules: proposeMapping(sides),
    further: [],
  };
  return { config, sides };
}
