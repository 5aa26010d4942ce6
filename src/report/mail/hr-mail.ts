import { CORRECTION_CAUSES } from '../../core/corrections.js';
import { CORRECTIONS } from '../correction-words.js';
import { correctionsCsv, type ListedCorrection } from '../corrections-csv.js';
import type { Redact } from '../output.js';
import { plainly } from '../plain-words.js';
import { count, grouped } from '../words.js';
import { type Block, composeMail, type Mail, mailPerson, outside } from './mail.js';

/** Whose list it is: the connector, and what HR calls the two systems. */
export interface ListOrigin {
  readonly connector: string;
  readonly source: string;
  readonly target: string;
}

/** So many people of one cause stand in the mail itself; the attachment has all. */
const LISTED = 30;

/** HR's list of corrections: what is new, then what is still open; plain words, and the whole list as a spreadsheet. */
export function composeHrMail(origin: ListOrigin, corrections: readonly ListedCorrection[], redact: Redact): Mail {
  const { connector, source, target } = origin;
  const fresh = corrections.filter(({ isNew }) => isNew);
  const known = corrections.filter(({ isNew }) => !isNew);
  const blocks: Block[] = [
    paragraph(
      `Every night the people in ${source} are compared with the accounts in ${target}. The records below cannot be used as they are. Please correct them in ${source}; the next night picks the corrections up by itself. Until then these accounts stay as they are.`,
    ),
    ...section(`New: ${grouped(fresh.length)}`, fresh),
    ...section(`Still open: ${grouped(known.length)}`, known),
    paragraph('The attached list has the same entries, for a spreadsheet.'),
  ];
  const news = fresh.length === 0 ? 'nothing new' : count(fresh.length, 'new entry', 'new entries');
  const subject = `[${connector}] To correct in ${source}: ${news}, ${grouped(corrections.length)} in all`;
  const text = [...correctionsCsv(corrections)].map(redact).join('');
  return {
    ...composeMail(subject, blocks, redact),
    attachment: { name: 'corrections.csv', type: 'text/csv', text },
  };
}

function section(title: string, corrections: readonly ListedCorrection[]): Block[] {
  if (corrections.length === 0) return [];
  const parts = CORRECTION_CAUSES.flatMap((cause): Block[] => {
    const group = corrections.filter((one) => one.cause === cause);
    if (group.length === 0) return [];
    const items = group.slice(0, LISTED).map(sayCorrection);
    return [
      paragraph(`${CORRECTIONS[cause].title} (${grouped(group.length)}). ${CORRECTIONS[cause].advice}`),
      { kind: 'list', items, more: group.length - items.length },
    ];
  });
  return [{ kind: 'heading', text: title }, ...parts];
}

function sayCorrection({ employee, detail }: ListedCorrection): string {
  const told = outside(plainly(detail));
  return employee === null ? told : `${mailPerson(employee)}: ${told}`;
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
