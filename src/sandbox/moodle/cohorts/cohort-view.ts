import { escapeXml } from '../call/answer.js';
import type { Call } from '../call/web-function.js';
import type { Cohort } from '../site/cohort.js';

/** A cohort as it appears in an answer. The name is formatted unless the call asks for raw text. */
export function cohortView({ id, name, idnumber, description, visible }: Cohort, { isRaw }: Call) {
  return { id, name: isRaw ? name : formatted(name), idnumber, description, descriptionformat: 1, visible, theme: '' };
}

/** A name without tags and with special characters escaped. */
function formatted(name: string): string {
  return escapeXml(name.replace(/<(?!\s)[^>]*>/g, ''));
}
