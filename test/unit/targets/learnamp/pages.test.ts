import { describe, expect, it } from 'vitest';
import { AnswerError } from '../../../../src/http/errors.js';
import type { Connection } from '../../../../src/targets/learnamp/connection.js';
import { countIn, readPages } from '../../../../src/targets/learnamp/pages.js';
import { teamsSchema } from '../../../../src/targets/learnamp/schema.js';

type Headers = Readonly<Record<string, string>>;

/** A list that answers page by page, and every page after the last as the last. */
async function read(
  pages: readonly (readonly number[])[],
  headers: Headers,
): Promise<{ ids: number[]; asked: number }> {
  let asked = 0;
  const connection: Connection = {
    send: async () => {
      const rows = pages[Math.min(asked, pages.length - 1)] ?? [];
      asked += 1;
      return { status: 200, headers, body: { teams: rows.map((id) => ({ id })) } };
    },
    parsed: (schema, _, answer) => schema.parse(answer.body),
    unreadable: (request, answer, problem) =>
      new AnswerError(
        { system: 'Learn Amp', method: request.method, url: request.path, attempts: 1 },
        answer.status,
        problem,
      ),
    grantedScopes: async () => null,
    usedUp: () => null,
  };
  const ids: number[] = [];
  const list = { path: '/v1/teams', query: {}, perPage: 2, schema: teamsSchema };
  for await (const rows of readPages(connection, list)) ids.push(...rows.map(({ id }) => id));
  return { ids, asked };
}

describe('the pages of a list', () => {
  it('are as many as the header says, however few rows they hold', async () => {
    expect(await read([[1], [2], [3]], { 'total-pages': '3' })).toEqual({ ids: [1, 2, 3], asked: 3 });
    expect(await read([[]], { 'total-pages': '0' })).toEqual({ ids: [], asked: 1 });
  });

  it('end without headers where a page brings nothing new', async () => {
    expect(await read([[1, 2], [3], []], {})).toEqual({ ids: [1, 2, 3], asked: 3 });
    expect(await read([[1, 2]], {})).toEqual({ ids: [1, 2], asked: 2 });
  });

  it('give a row once that moved to the next page', async () => {
    const { ids } = await read(
      [
        [1, 2],
        [2, 3],
      ],
      { 'total-pages': '2' },
    );
    expect(ids).toEqual([1, 2, 3]);
  });

  it('are not believed where one before the last is empty', async () => {
    await expect(read([[1, 2], [], [3]], { 'total-pages': '3' })).rejects.toBeInstanceOf(AnswerError);
  });

  it.each([
    [undefined, null],
    ['', null],
    ['12', 12],
    ['many', null],
    ['-1', null],
  ])('header %j counts as %j', (header, count) => {
    expect(countIn(header)).toBe(count);
  });
});
