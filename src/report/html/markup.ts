import { safeText } from '../terminal.js';

/** Text that is HTML already. Only this file makes it, so that everything else is escaped on its way into a page. */
export class Markup {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Trusts a text of our own: a style sheet, a script. Never to be given anything from outside. */
  static trusted(text: string): Markup {
    return new Markup(text);
  }

  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: text and numbers are escaped, markup is not, lists are joined. */
export type Part = string | number | Markup | readonly Markup[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/**
 * Makes text from outside harmless anywhere in HTML where text may stand, attribute values included: what could end the
 * text is escaped, and what would hide in it or turn its direction is shown (`␛`, `\u{202E}`).
 */
export function escapeHtml(text: string): string {
  return safeText(text).replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? '');
}

/** HTML from a template; every value in it is escaped unless it is markup. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    text += textOf(part) + (strings[index + 1] ?? '');
  });
  return Markup.trusted(text);
}

/** Nothing, where a part may be missing. */
export const NOTHING = Markup.trusted('');

/**
 * A value as JSON for a data block (`<script type="application/json">`): no character in it can end the block, begin a
 * comment or a tag, or break a line of a script.
 */
export function scriptJson(value: unknown): Markup {
  const json = JSON.stringify(value);
  return Markup.trusted(
    json.replace(/[<>&\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, unicodeEscape),
  );
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.toString();
  if (typeof part === 'string') return escapeHtml(part);
  return typeof part === 'number' ? String(part) : part.map(String).join('');
}
