import { caseless } from '../../core/caseless.js';
import { closest } from '../../core/closest.js';

/** One of the numbered answers to a question. */
export interface Choice {
  readonly value: string;
  /** How people write it: "Learn Amp". */
  readonly label: string;
  /** Names that people may type although another word leads there: "Workday". */
  readonly also?: readonly string[];
}

/** What an answer means; `note` is said where it means something else than it says. */
export type Chosen = { readonly value: string; readonly note: string | null } | { readonly problem: string };

const SHOWN_NAMES = 3;

/** The choices as a person reads them, one numbered line each. */
export function choiceLines(choices: readonly Choice[]): readonly string[] {
  const width = String(choices.length).length;
  return choices.map((choice, index) => `  ${String(index + 1).padStart(width)}  ${labelOf(choice)}`);
}

/** Finds the choice that an answer means: its value, its name, or a name that leads to it. */
export function chosenBy(answer: string, choices: readonly Choice[]): Chosen {
  const meant = bare(answer);
  const own = choices.find(({ value, label }) => bare(value) === meant || bare(label) === meant);
  if (own !== undefined) return { value: own.value, note: null };
  for (const { value, label, also = [] } of choices) {
    const name = also.find((one) => bare(one) === meant);
    if (name !== undefined) return { value, note: `${name} is connected through ${label}.` };
  }
  const [only, ...more] = choices.filter(({ label }) => meant !== '' && bare(label).startsWith(meant));
  if (only !== undefined && more.length === 0) return { value: only.value, note: null };
  const near = closest(
    answer,
    choices.flatMap(({ value, label, also = [] }) => [label, value, ...also]),
  );
  const hint = near === null ? '' : `; did you mean "${near}"?`;
  return { problem: `"${answer}" is not in the list${hint}` };
}

/** The same for an answer that may be a number of the list. */
export function chosenByNumber(answer: string, choices: readonly Choice[]): Chosen {
  if (!/^\d+$/.test(answer)) return chosenBy(answer, choices);
  const numbered = choices[Number(answer) - 1];
  if (numbered === undefined) return { problem: `type a number from 1 to ${choices.length}, or a name` };
  return { value: numbered.value, note: null };
}

function labelOf({ label, also = [] }: Choice): string {
  if (also.length === 0) return label;
  const names = also.slice(0, SHOWN_NAMES).join(', ');
  return `${label} (${names}${also.length > SHOWN_NAMES ? ', …' : ''})`;
}

// Spaces, hyphens and dots do not count: "LearnAmp" means Learn Amp.
function bare(name: string): string {
  return caseless(name).replace(/[\s._-]+/g, '');
}
