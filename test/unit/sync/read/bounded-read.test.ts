import { expect, it } from 'vitest';
import type { ReadFacts, SourcePage } from '../../../../src/sources/source.js';
import { boundedRead } from '../../../../src/sync/read/bounded-read.js';

const FACTS: ReadFacts = { pages: 0, totalAtStart: null, totalAtEnd: null, presentFields: new Set(), notices: [] };
const PAGE: SourcePage = { records: [], total: null };

/** Reads a list of so many pages (of none that ends, for null), each of which brings what `brings` says. */
async function read(pages: number | null, brings: (page: number) => number) {
  let distinct = 0;
  async function* list(): AsyncGenerator<SourcePage, ReadFacts> {
    for (let page = 1; pages === null || page <= pages; page += 1) {
      distinct += brings(page);
      yield PAGE;
    }
    return FACTS;
  }
  const bounded = boundedRead(list(), { system: 'Acme', distinct: () => distinct });
  let seen = 0;
  for (let step = await bounded.next(); !step.done; step = await bounded.next()) seen += 1;
  return seen;
}

it('passes a list on to its end, also over pages that bring nobody new', async () => {
  expect(await read(200, (page) => (page % 20 === 0 ? 1 : 0))).toBe(200);
});

it('ends a list that goes on and brings nobody new', async () => {
  await expect(read(null, (page) => (page < 5 ? 1 : 0))).rejects.toMatchObject({
    name: 'IncompleteReadError',
    findings: ['25 pages in a row brought nobody new, and none is the last'],
  });
});

it('ends a list that is longer than any company', async () => {
  await expect(read(null, () => 1)).rejects.toMatchObject({ findings: ['the list does not end after 50000 pages'] });
});
