import type { MappingError } from '../errors-plan.js';
import { sayMismatch } from './fit-text.js';
import { said } from './messages-words.js';
import { sayField } from './words.js';

/** Explains a mapping that does not fit the fields of the two systems, line by line. */
export function explainMapping({ source, target, mismatches }: MappingError): {
  what: string;
  meaning: string;
  next: string;
} {
  const lines = mismatches.map(
    (each) => `- ${sayField(each.field)}: ${said(sayMismatch(each, { target: said(target) }))}`,
  );
  return {
    what: [`The mapping does not fit the fields of ${said(source)} and ${said(target)}:`, ...lines].join('\n'),
    meaning: 'Nothing was sent.',
    next: 'Correct "mapping" in the config; "hrsync check" shows the types of both sides, "hrsync fields" all there is to map.',
  };
}
