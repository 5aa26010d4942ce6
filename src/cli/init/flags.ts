import { UsageError } from '../../errors.js';
import { chosenBy } from '../ask/choice.js';
import type { InitFlags } from './answers.js';
import { choicesOf, type Systems } from './ends.js';
import type { Given } from './interview.js';
import { nameProblem, zoneProblem } from './questions.js';

const NEEDED = ['source', 'target', 'name', 'timezone'] as const;

/** The answers that flags give. A system may be named as people write it; `note` hears where that leads elsewhere. */
export function givenByFlags(flags: InitFlags, systems: Systems, note: (sentence: string) => void): Given {
  const given = new Map<string, string>();
  for (const side of ['source', 'target'] as const) {
    const typed = flags[side];
    if (typed === undefined) continue;
    const choices = choicesOf(systems[side]);
    const chosen = chosenBy(typed, choices);
    if ('problem' in chosen) {
      const types = choices.map(({ value }) => value).join(', ');
      throw new UsageError(`--${side}: ${chosen.problem}. It must be one of ${types}`);
    }
    if (chosen.note !== null) note(chosen.note);
    given.set(side, chosen.value);
  }
  for (const [flag, problemOf] of [
    ['name', nameProblem],
    ['timezone', zoneProblem],
  ] as const) {
    const typed = flags[flag];
    const problem = typed === undefined ? null : problemOf(typed);
    if (problem !== null) throw new UsageError(`--${flag} ${typed} ${problem}`);
    if (typed !== undefined) given.set(flag, typed);
  }
  return given;
}

/** The flags that are needed where nobody can be asked. */
export function missingFlags(given: Given): readonly string[] {
  return NEEDED.filter((flag) => !given.has(flag)).map((flag) => `--${flag}`);
}
