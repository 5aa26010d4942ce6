import { closest } from '../../core/closest.js';
import { isZone } from '../../core/day.js';
import type { SetupLook } from '../../core/setup.js';
import type { Choice } from '../ask/choice.js';
import {
  type AnyDefinition,
  choicesOf,
  loginChoices,
  loginOf,
  problemOf,
  type Side,
  type Systems,
  settingsOf,
  type Wanted,
  wantedOf,
} from './ends.js';
import type { Given, KeyedQuestion } from './interview.js';

/** What the questions depend on besides the answers. */
export interface Ground {
  readonly systems: Systems;
  readonly zone: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Settings that `--set` gave, as `source.base_url`. */
  readonly set: Readonly<Record<string, string>>;
  /** Why a file cannot be written, or null. */
  readonly fileProblem: (name: string) => string | null;
  /** A name for the file that is free. */
  readonly freeName: string;
  /** Looks at what a setting names. */
  readonly look: (definition: AnyDefinition, value: string) => Promise<SetupLook>;
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Every question of `init`, as far as the answers so far lead. `source`, `target`, `name` and `timezone` are flags too. */
export function questionsFor(ground: Ground, given: Given): readonly KeyedQuestion[] {
  const source = systemQuestion('source', 'Which HR system?', ground);
  const target = systemQuestion('target', 'Which learning platform?', ground);
  return [
    {
      key: 'out',
      text: 'The file is there already and stays. File to write',
      ...{ suggestion: ground.freeName, problem: ground.fileProblem },
    },
    source,
    ...lookQuestions('source', ground, given),
    target,
    ...lookQuestions('target', ground, given),
    ...(['source', 'target'] as const).flatMap((side) => loginQuestions(side, ground, given)),
    nameQuestion(given),
    {
      key: 'timezone',
      text: 'Time zone that decides what "today" is',
      suggestion: ground.zone,
      problem: zoneProblem,
    },
    ...wantedNow(ground, given).map((wanted, index, all) => {
      return credentialQuestion(wanted, all[index - 1]?.side !== wanted.side, ground, given);
    }),
  ];
}

/** The settings that are still to be asked for: not set by a flag, and their variable is not set either. */
export function wantedNow({ systems, set, environment }: Ground, given: Given): readonly Wanted[] {
  return (['source', 'target'] as const).flatMap((side) => {
    const definition = definitionOf(systems, side, given);
    if (definition === undefined) return [];
    const names = Object.keys(set).flatMap((key) => (key.startsWith(`${side}.`) ? [key.slice(side.length + 1)] : []));
    const login = loginOf(definition, given.get(`${side}.login`), names);
    return wantedOf(side, definition.type, settingsOf(definition, login)).filter(
      ({ name, variable }) => !names.includes(name) && !environment[variable],
    );
  });
}

/** The definition that was chosen for a side, once one was. */
export function definitionOf<End extends Side>(
  systems: Systems,
  side: End,
  given: Given,
): Systems[End][number] | undefined {
  const definitions: readonly Systems[End][number][] = systems[side];
  return definitions.find(({ type }) => type === given.get(side));
}

/** What is wrong with the name of a connector, or null. */
export function nameProblem(name: string): string | null {
  return NAME.test(name) ? null : 'must be letters, digits, - and _ only';
}

/** What is wrong with a time zone, or null. */
export function zoneProblem(zone: string): string | null {
  if (isZone(zone)) return null;
  const near = closest(zone, Intl.supportedValuesOf('timeZone'));
  return `is not a time zone such as Europe/Berlin${near === null ? '' : `; did you mean ${near}?`}`;
}

function systemQuestion(
  side: Side,
  text: string,
  { systems }: Ground,
): KeyedQuestion & { readonly choices: readonly Choice[] } {
  return { key: side, text, choices: choicesOf(systems[side]) };
}

function lookQuestions(side: Side, ground: Ground, given: Given): readonly KeyedQuestion[] {
  const definition = definitionOf(ground.systems, side, given);
  const look = definition?.setup?.look;
  if (definition === undefined || look === undefined || ground.set[`${side}.${look.setting}`] !== undefined) return [];
  const setting = settingsOf(definition, null).find(({ name }) => name === look.setting);
  const example = typeof setting?.example === 'string' ? setting.example : null;
  return [
    {
      key: `${side}.${look.setting}`,
      text: `${definition.title}: ${setting?.label ?? look.setting}`,
      suggestion: example,
      after: async (answer) => (await ground.look(definition, answer)).shows,
    },
  ];
}

function loginQuestions(side: Side, { systems, set }: Ground, given: Given): readonly KeyedQuestion[] {
  const definition = definitionOf(systems, side, given);
  if (definition === undefined) return [];
  const choices = loginChoices(definition);
  const isTold = choices.some(({ value }) => value.split(' ').some((name) => set[`${side}.${name}`] !== undefined));
  if (choices.length < 2 || isTold) return [];
  const text = `How does hrsync log in to ${definition.title}?`;
  return [{ key: `${side}.login`, text, choices, suggestion: choices[0]?.value ?? null }];
}

function nameQuestion(given: Given): KeyedQuestion {
  const suggestion = [given.get('source'), given.get('target')].filter(Boolean).join('-');
  const text = 'Name of the connector, for logs and the state file';
  return { key: 'name', text, suggestion: suggestion === '' ? null : suggestion, problem: nameProblem };
}

function credentialQuestion(
  { side, name, label, secret }: Wanted,
  isFirst: boolean,
  { systems }: Ground,
  given: Given,
): KeyedQuestion {
  const definition = definitionOf(systems, side, given);
  const introduction = `
${definition?.title}: "hrsync guide ${definition?.type}" says where to find this. Enter leaves it for later.`;
  return {
    key: `${side}.${name}`,
    text: `  ${label}${secret ? ' (not shown)' : ''}`,
    ...{ hidden: secret, optional: true },
    problem: (value) => (definition === undefined ? null : problemOf(definition, name, value)),
    before: () => (isFirst ? [introduction] : []),
  };
}
