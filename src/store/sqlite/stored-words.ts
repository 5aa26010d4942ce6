import { withoutCredentialPhrases, withoutRandomPieces } from '../../credential-phrases.js';
import { createScrubber } from '../../scrub.js';
import type { Database } from './database.js';

/** Where earlier versions kept sentences of far ends, which may have echoed a credential. */
const SENTENCES: readonly (readonly [table: string, column: string])[] = [
  ['journal', 'error'],
  ['failure', 'error'],
  ['skip', 'message'],
  ['run', 'error'],
];

const statementFor = ([table, column]: (typeof SENTENCES)[number]) =>
  `UPDATE ${table} SET ${column} = without_credentials(${column}) WHERE ${column} <> without_credentials(${column});`;

/** Takes what looks like a credential out of every stored sentence; `addScrubbing` lends it its function. */
export const SCRUB_SENTENCES = SENTENCES.map(statementFor).join('\n');

/**
 * Teaches a connection `without_credentials(text)`: today's secrets in every spelling, and, because those of earlier days
 * are not known any more, phrases that show a credential and pieces that nobody writes by hand.
 */
export function addScrubbing(database: Database, secrets: readonly string[]): void {
  const scrubber = createScrubber();
  for (const secret of secrets) scrubber.add(secret);
  database.function('without_credentials', { deterministic: true }, (text: unknown) =>
    typeof text === 'string' ? withoutRandomPieces(withoutCredentialPhrases(scrubber.scrub(text))) : text,
  );
}

/** The same for a copy of an older schema, whose tables may be fewer. */
export function scrubSentences(database: Database, secrets: readonly string[]): void {
  addScrubbing(database, secrets);
  database.pragma('secure_delete = ON');
  const tables = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  for (const sentence of SENTENCES) if (tables.includes(sentence[0])) database.exec(statementFor(sentence));
}
