import { AnswerError, type RequestFacts } from './errors.js';

/** An answer as it came over the wire; header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

const SHOWN = 2_000;

/**
 * The body of an answer: parsed JSON, null where there is none; for a status that is no success also text.
 *
 * @throws AnswerError when a success brings something that is not JSON
 */
export function readAnswer(answer: Answer, facts: RequestFacts): unknown {
  const success = answer.status >= 200 && answer.status < 300;
  // Trimming also takes off a byte order mark, which JSON.parse would stumble over.
  const text = answer.bytes.toString('utf8').trim();
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (!success) return text.slice(0, SHOWN);
    // Without its cause: JSON.parse quotes what it stumbled over, and that may be a token.
    throw new AnswerError(facts, answer.status, problemOf(text));
  }
}

function problemOf(text: string): string {
  if (/^<(!doctype|html|\?xml)/i.test(text)) return 'an HTML page instead of JSON';
  return /^[[{]/.test(text) ? 'JSON that is broken or ends early' : 'text that is not JSON';
}
