import { describe, expect, it } from 'vitest';
import { IncompleteReadError } from '../../../../src/errors.js';
import { allRows, type KomboPage, pagesOf } from '../../../../src/sources/kombo/pages.js';

const page = (ids: readonly string[], next: string | null): KomboPage => ({ rows: ids.map((id) => ({ id })), next });

/** Follows a list in which each cursor leads to a page. */
function follow(pages: Readonly<Record<string, KomboPage>>) {
  return allRows(async (cursor) => pages[cursor ?? 'start'] ?? page([], null), '/list');
}

describe('the pages of a list', () => {
  it('are followed to the end, short and empty ones too', async () => {
    const pages = { start: page(['a', 'b'], 'x'), x: page([], 'y'), y: page(['c'], null) };
    expect(await follow(pages)).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'c' }]);
  });

  it.each([
    ['a cursor that leads to itself', { start: page(['a'], 'x'), x: page(['b'], 'x') }],
    ['cursors in a circle', { start: page(['a'], 'x'), x: page(['b'], 'y'), y: page(['c'], 'x') }],
    ['the same page under new cursors', { start: page(['a'], 'x'), x: page(['a'], 'y'), y: page(['a'], 'z') }],
  ])('are no list with %s', async (_, pages) => {
    await expect(follow(pages)).rejects.toBeInstanceOf(IncompleteReadError);
  });

  it('are no list where empty ones never end', async () => {
    let turn = 0;
    const endless = allRows(async () => page([], `cursor ${turn++}`), '/list');
    await expect(endless).rejects.toThrow('/list');
  });

  it('are asked for one ahead, whose failure concerns nobody who has stopped', async () => {
    const asked: (string | null)[] = [];
    const pages = pagesOf(async (cursor) => {
      asked.push(cursor);
      if (cursor !== null) throw new IncompleteReadError('Kombo', ['broken']);
      return page(['a'], 'x');
    }, '/list');
    expect((await pages.next()).value).toEqual([{ id: 'a' }]);
    expect(asked).toEqual([null, 'x']);
    await pages.return();
  });
});
