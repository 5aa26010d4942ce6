import type { HttpRequest } from './client.js';

/** The pairs of a form in their order. */
export function pairsOf(form: HttpRequest['form']): readonly (readonly [name: string, value: unknown])[] {
  return Array.isArray(form) ? form : Object.entries(form ?? {});
}

/** A percent-encoded part of an address as it reads; as it is where the encoding is broken. */
export function decodedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
