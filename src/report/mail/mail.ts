import { isEmail } from '../../core/email.js';
import type { EmployeeReference } from '../../core/employee.js';
import { html, type Markup, NOTHING } from '../html/markup.js';
import type { Redact } from '../output.js';
import { safeText, wrapText } from '../terminal.js';

/** One mail, ready to be sent: the same in plain text and in HTML. */
export interface Mail {
  /** One line; holds nothing from outside but the connector's name. */
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachment?: { readonly name: string; readonly type: string; readonly text: string };
}

/** A part of a mail. Texts are plain: each of the two forms escapes them for itself. */
export type Block =
  | { readonly kind: 'heading' | 'paragraph' | 'alarm' | 'command'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly more: number };

const WIDTH = 76;
const LONGEST_NAME = 120;
const LONGEST_TEXT = 600;

/** Puts a mail together. `redact` takes secrets out of every text before it is escaped. */
export function composeMail(subject: string, blocks: readonly Block[], redact: Redact): Mail {
  const clean = blocks.map((block): Block => {
    return block.kind === 'list'
      ? { ...block, items: block.items.map(redact) }
      : { ...block, text: redact(block.text) };
  });
  return { subject: safeText(redact(subject), 200), text: textOf(clean), html: htmlOf(subject, clean) };
}

// What a mail program makes a link of without being asked: an address of the web, with or without its scheme. No domain ends
// with an underscore and more, so keys such as safety.max_creates stay as they are.
const LINKED = /[^\s<>()"“”]*[\p{L}\p{N}](?::\/\/|\.\p{L}{2,}(?![\p{L}\p{N}_])|@)[^\s<>()"“”]*/gu;

/**
 * Text from outside for a mail: what would hide is shown, and what a mail program would turn into a link is taken apart
 * (`evil[.]example`).
 */
export function outside(text: string, longest = LONGEST_TEXT): string {
  return safeText(text, longest).replace(LINKED, (word) =>
    word.replaceAll('://', '[:]//').replaceAll('.', '[.]').replaceAll('@', '[@]'),
  );
}

/** `Ada Lovelace <ada@acme.example> #1001`, as far as it is known. An address is shown as such only where it is one. */
export function mailPerson({ id, name, email }: EmployeeReference): string {
  const address = email !== null && isEmail(email) && email.length <= LONGEST_NAME ? `<${safeText(email)}>` : null;
  const shown = address ?? (email === null || email === '' ? null : `<${outside(email, LONGEST_NAME)}>`);
  const parts = [name !== null && name !== '' && outside(name, LONGEST_NAME), shown, `#${outside(id, 40)}`];
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function textOf(blocks: readonly Block[]): string {
  return `${blocks.map((block) => textLines(block).join('\n')).join('\n\n')}\n`;
}

function textLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [safeText(block.text), '-'.repeat(Math.min(WIDTH, block.text.length))];
    case 'alarm':
      return wrapText(block.text, WIDTH, '!! ');
    case 'paragraph':
      return wrapText(block.text, WIDTH);
    case 'command':
      // Not wrapped: it is there to be copied.
      return [`    ${safeText(block.text)}`];
    case 'list':
      return [...block.items.flatMap((item) => wrapText(item, WIDTH, '- ')), ...moreOf(block.more)];
  }
}

function htmlOf(title: string, blocks: readonly Block[]): string {
  const page = html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title></head>
<body style="margin:0;padding:16px;font:15px/1.5 Arial,Helvetica,sans-serif;color:#1b1f24;background:#ffffff;overflow-wrap:anywhere">
<div style="max-width:720px;margin:0 auto">
${blocks.map(htmlBlock)}</div></body></html>
`;
  return String(page);
}

function htmlBlock(block: Block): Markup {
  switch (block.kind) {
    case 'heading':
      return html`<h2 style="font-size:18px;margin:24px 0 8px">${block.text}</h2>
`;
    case 'alarm':
      return html`<p style="margin:8px 0;padding:8px 12px;border-left:5px solid #b3261e;background:#fbeceb"><strong>${block.text}</strong></p>
`;
    case 'paragraph':
      return html`<p style="margin:8px 0">${block.text}</p>
`;
    case 'command':
      return html`<pre style="margin:8px 0;padding:8px 12px;background:#f1f3f5;white-space:pre-wrap">${block.text}</pre>
`;
    case 'list': {
      const items = block.items.map(
        (item) => html`<li style="margin:2px 0">${item}</li>
`,
      );
      const [more] = moreOf(block.more);
      return html`<ul style="margin:8px 0;padding-left:24px">
${items}</ul>${more === undefined ? NOTHING : html`<p style="margin:8px 0;color:#5a6472">${more}</p>`}
`;
    }
  }
}

function moreOf(more: number): readonly string[] {
  return more > 0 ? [`… and ${more} more.`] : [];
}
