import { firstOf } from '../groups.js';
import { grouped } from '../words.js';
import { html, type Markup } from './markup.js';

/** So many rows stand open where a list is longer than `ALL_OPEN`. */
const FIRST = 20;
const ALL_OPEN = 30;
/** Rows that unfold together: few enough to be laid out at once, and few chunks. */
const CHUNK = 250;
const LARGE_CHUNK = 1_000;
const LONG = 2_500;
/** So many are listed at all; beyond it a spreadsheet serves better than a page. */
export const LISTED = 25_000;
/** So many are printed: more pages than anybody takes away from a printer. */
const PRINTED = 1_000;

/** What stands around rows: a list or a table. */
export interface Frame {
  readonly open: Markup;
  readonly close: Markup;
}

/** Rows as plain list entries. */
export const LIST: Frame = { open: html`<ul class="people">`, close: html`</ul>` };

/**
 * A list of any length, in pieces: the first rows at once, the rest in chunks that unfold. Rows are taken one by one, so the
 * list need not fit in memory.
 */
export async function* foldedList(
  rows: AsyncIterable<Markup>,
  total: number,
  { open, close }: Frame = LIST,
): AsyncGenerator<string> {
  const atOnce = total <= ALL_OPEN ? total : FIRST;
  let place = 0;
  let end = Math.min(atOnce, LISTED);
  yield String(open);
  for await (const row of firstOf(rows, LISTED)) {
    if (place === end) {
      yield String(place === atOnce ? close : html`${close}</details>`);
      end = Math.min(place + (total > LONG ? LARGE_CHUNK : CHUNK), total);
      const hidden = place >= PRINTED ? SCREEN : SHOWN;
      yield String(
        html`<details class="chunk${hidden}"><summary>${sayChunk(place, end, atOnce, total)}</summary>${open}`,
      );
    }
    place += 1;
    yield `${row}\n`;
  }
  yield String(place <= atOnce ? close : html`${close}</details>`);
  if (total > place) yield String(html`<p class="quiet">… and ${grouped(total - place)} more.</p>`);
  if (place > PRINTED)
    yield String(
      html`<p class="paper quiet">Paper shows the first of ${grouped(total)}; the page itself has more.</p>`,
    );
}

const SCREEN = ' screen';
const SHOWN = '';

function sayChunk(from: number, to: number, atOnce: number, total: number): string {
  if (from === atOnce && to === total) return `${grouped(total - from)} more`;
  return `${grouped(from + 1)} to ${grouped(to)} of ${grouped(total)}`;
}
