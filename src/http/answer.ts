import type { Scrub } from '../scrub.js';
import { lenientText, strictText } from './decode.js';
import { AnswerError, type RequestFacts } from './errors.js';

/** An answer as it came over the wire; header names are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** How much of an error's text is kept, in characters. */
const SHOWN = 2_000;
/** An error's body beyond so many bytes is not looked at: nobody reads it. */
const LARGEST_ERROR = 256 * 2 ** 10;
/** What is nested deeper in an error than so many levels is left out: no API needs it, and it must not exhaust the stack. */
const DEEPEST = 50;

/**
 * The body of an answer: parsed JSON, null where there is none; for a status that is no success also text. What a far end
 * says of a refusal goes through `scrub` before anything of it is cut, whatever the status is.
 *
 * @throws AnswerError when a success brings something that is not JSON, or not of its charset
 */
export function readAnswer(answer: Answer, facts: RequestFacts, scrub: Scrub = (text) => text): unknown {
  const { status, headers, bytes } = answer;
  if (status < 200 || status >= 300) return refusalIn(answer, scrub);
  // Trimming also takes off a byte order mark, which JSON.parse would stumble over.
  const text = strictText(bytes, headers['content-type'])?.trim();
  if (text === undefined) throw new AnswerError(facts, status, 'bytes that are not of its charset (JSON is UTF-8)');
  if (text === '') return null;
  const body = parsed(text);
  // Without its cause: JSON.parse quotes what it stumbled over, and that may be a token.
  if (body === undefined) throw new AnswerError(facts, status, problemOf(text));
  return isRefusal(body) ? cleaned(body, scrub) : body;
}

function refusalIn({ headers, bytes }: Answer, scrub: Scrub): unknown {
  const text = lenientText(bytes.subarray(0, LARGEST_ERROR), headers['content-type']).trim();
  if (text === '') return null;
  const body = parsed(text);
  return body === undefined ? scrub(text).slice(0, SHOWN) : cleaned(body, scrub);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

// Some APIs refuse under a success status. Data is left as it is: a token that is fetched must come through.
function isRefusal(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  if ('success' in body && body.success === false) return true;
  return ['error', 'errors', 'message'].some((key) => Object.hasOwn(body, key));
}

/** A body without secrets, and without what is nested too deep. */
function cleaned(value: unknown, scrub: Scrub, depth = 1): unknown {
  if (typeof value === 'string') return scrub(value);
  if (typeof value === 'number') return scrub(String(value)) === String(value) ? value : scrub(String(value));
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, scrub, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [scrub(key), cleaned(item, scrub, depth + 1)]));
}

function problemOf(text: string): string {
  if (/^<\?xml/i.test(text)) return 'XML instead of JSON';
  if (/^<(!doctype|html)/i.test(text)) return 'an HTML page instead of JSON';
  return /^[[{]/.test(text) ? 'JSON that is broken or ends early' : 'text that is not JSON';
}
