import type { Redact } from './output.js';

// Legal in JSON as they are, but a terminal would obey or hide them. Escaped they mean the same.
const NOT_FOR_TERMINALS = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A value as JSON text that is harmless on a terminal, without secrets; `indent` spaces for people to read it. */
export function jsonText(value: unknown, redact: Redact, indent = 0): string {
  // Secrets are taken out of the values: in the written text one might tear a hole into the syntax.
  const text = JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? redact(part) : part), indent);
  return text.replace(NOT_FOR_TERMINALS, (hidden) => `\\u${hidden.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
