import type { View } from './change-text.js';
import type { Refusal } from './safety-text.js';
import { wrapText } from './terminal.js';
import { sayPerson } from './words.js';

const INDENT = ' '.repeat(10);

/** One refusal for a terminal: figures, cause, first people, and the flag that allows it. `held`: what was not sent, as the beginning of a sentence. */
export function refusalLines(
  { what, cause, people, flag, limit }: Refusal,
  { width, style }: Pick<View, 'width' | 'style'>,
  held: string,
): string[] {
  return [
    ...wrapText(`${what}.`, width, `Safety    ${style.bad('REFUSED')}: `),
    ...(cause === '' ? [] : wrapText(`${cause}.`, width, `${INDENT}Cause: `)),
    ...people.flatMap((person, index) =>
      wrapText(sayPerson(person), width, `${INDENT}${index === 0 ? 'First:' : '      '} `),
    ),
    ...wrapText(`${held}. When HR has confirmed all ${limit.planned}, run again with`, width, INDENT),
    `${INDENT}  ${style.strong(flag)}`,
  ];
}
