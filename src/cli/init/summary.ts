import type { Question } from '../ask/prompter.js';
import type { Given } from './interview.js';
import { definitionOf, type Ground, wantedNow } from './questions.js';

/** Everything that was answered, for a last look before the file is written. */
export function summaryLines(ground: Ground, given: Given): readonly string[] {
  const { systems } = ground;
  const looked = (['source', 'target'] as const).flatMap((side): (readonly [string, string])[] => {
    const setting = definitionOf(systems, side, given)?.setup?.look?.setting;
    const value = given.get(`${side}.${setting}`);
    return value === undefined ? [] : [[`${side}.${setting}`, value]];
  });
  const rows: readonly (readonly [string, string])[] = [
    ['HR system', definitionOf(systems, 'source', given)?.title ?? ''],
    ['Learning platform', definitionOf(systems, 'target', given)?.title ?? ''],
    ['Connector', given.get('name') ?? ''],
    ['Time zone', given.get('timezone') ?? ''],
    ...looked,
    ...wantedNow(ground, given).map(({ side, name, variable, secret }) => {
      const typed = given.get(`${side}.${name}`);
      const what = !typed ? `later, in the variable ${variable}` : secret ? `typed, not written (${variable})` : typed;
      return [`${side}.${name}`, what] as const;
    }),
    ['File', given.get('out') ?? ''],
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  return ['', ...rows.map(([title, value]) => `  ${title.padEnd(width)}  ${value}`), ''];
}

/** What to do with the answers. Without every credential there is nothing to check. */
export function decisionQuestion(canCheck: boolean): Question {
  const check = { value: 'check', label: 'write the file and check it' };
  const write = { value: 'write', label: canCheck ? 'write the file, without a check' : 'write the file' };
  const stop = { value: 'stop', label: 'stop, and write nothing' };
  const choices = [...(canCheck ? [check] : []), write, stop];
  return { text: 'Is that right? ("<" goes back)', choices, suggestion: canCheck ? 'check' : 'write' };
}

/** What to do where a system refused what was typed. */
export const REFUSED: Question = {
  text: 'What now?',
  choices: [
    { value: 'again', label: 'type the credentials again' },
    { value: 'write', label: 'write the file all the same' },
    { value: 'stop', label: 'stop, and write nothing' },
  ],
  suggestion: 'again',
};
