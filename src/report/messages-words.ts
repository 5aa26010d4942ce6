import { safeText } from './terminal.js';

/** What somebody else said, as part of a sentence: on one line, harmless, and of a bearable length. */
export function said(text: string): string {
  return safeText(text.trim(), 400);
}

/** A sentence with its full stop, however what it quotes ends. */
export function ended(sentence: string): string {
  return /[.!?:…]$/.test(sentence) ? sentence : `${sentence}.`;
}
