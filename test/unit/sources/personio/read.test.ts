import { describe, expect, it } from 'vitest';
import { IncompleteReadError, PermissionError } from '../../../../src/errors.js';
import { StatusError } from '../../../../src/http/errors.js';
import { silentLog } from '../../../../src/http/log.js';
import type { EmployeesPage, PersonioClient } from '../../../../src/sources/personio/client.js';
import { readEmployees } from '../../../../src/sources/personio/read.js';
import { attribute, clientOf } from './client.js';
import { person } from './person.js';

const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => person({ id: [from + index, 'integer'] }));

async function readAll(client: PersonioClient, fields: readonly string[] = []) {
  const ids: string[] = [];
  const pages = readEmployees(client, fields, silentLog);
  for (;;) {
    const step = await pages.next();
    if (step.done) return { ids, facts: step.value };
    ids.push(...step.value.records.map((record) => ('employee' in record ? record.employee.id : '?')));
  }
}

/** Serves a company of so many people, at most `limit` a page. */
function company(total: number, limit: number) {
  return (offset: number): EmployeesPage => ({
    people: people(offset, Math.max(0, Math.min(limit, total - offset))),
    nextOffset: offset + limit,
    total,
  });
}

describe('reading Personio', () => {
  it('goes on by the limit that the answer echoes, to the last row', async () => {
    const client = clientOf(company(125, 50));
    const { ids, facts } = await readAll(client);
    expect(new Set(ids).size).toBe(125);
    expect(client.offsets).toEqual([0, 50, 100]);
    expect(facts).toMatchObject({ pages: 3, totalAtStart: 125, totalAtEnd: 125 });
  });

  it('does not take a short page for the end', async () => {
    const whole = company(250, 100);
    const client = clientOf((offset) => {
      const page = whole(offset);
      return offset === 100 ? { ...page, people: page.people.slice(0, 3) } : page;
    });
    expect((await readAll(client)).ids).toHaveLength(153);
  });

  it('ends on an empty page, and leaves it to others to judge the totals', async () => {
    const whole = company(250, 100);
    const client = clientOf((offset) => (offset === 100 ? { ...whole(offset), people: [] } : whole(offset)));
    const { ids, facts } = await readAll(client);
    expect(ids).toHaveLength(100);
    expect(facts).toMatchObject({ pages: 1, totalAtStart: 250, totalAtEnd: 250 });
  });

  it('reports a total that shrinks while it reads', async () => {
    const client = clientOf((offset) => ({ ...company(250, 100)(offset), total: 250 - offset }));
    expect((await readAll(client)).facts).toMatchObject({ totalAtStart: 250, totalAtEnd: 150 });
  });

  it('takes nobody at all for an answer', async () => {
    const { ids, facts } = await readAll(clientOf(company(0, 100)));
    expect(ids).toEqual([]);
    expect(facts).toEqual({ pages: 0, totalAtStart: 0, totalAtEnd: 0, presentFields: new Set(), notices: [] });
  });

  it('reads to an empty page where the answer gives no total', async () => {
    const client = clientOf((offset) => ({ ...company(150, 100)(offset), total: null }));
    const { ids, facts } = await readAll(client);
    expect(ids).toHaveLength(150);
    expect(facts).toMatchObject({ totalAtStart: null, totalAtEnd: null });
  });

  it('stops where a server without totals gives the same page for ever', async () => {
    const client = clientOf(() => ({ people: people(1, 5), nextOffset: 100, total: null }));
    await expect(readAll(client)).rejects.toBeInstanceOf(IncompleteReadError);
  });

  it('asks for one page ahead and no more', async () => {
    const client = clientOf(company(500, 100));
    const pages = readEmployees(client, [], silentLog);
    await pages.next();
    expect(client.offsets).toEqual([0, 100]);
    await pages.return({ pages: 0, totalAtStart: null, totalAtEnd: null, presentFields: new Set(), notices: [] });
  });

  it('refuses before the first page when a needed attribute is not readable', async () => {
    const client = clientOf(company(5, 100), [attribute('email'), attribute('position')]);
    const refusal = await readAll(client, ['id', 'work_email', 'manager', 'dynamic_1']).catch((error) => error);
    expect(refusal).toBeInstanceOf(PermissionError);
    expect(refusal.missing).toEqual(['supervisor', 'dynamic_1']);
    expect(client.offsets).toEqual([]);
  });

  it.each([
    new PermissionError('Personio', ['employees:read'], 'forbidden'),
    new StatusError({ system: 'Personio', method: 'GET', url: 'https://x.example', attempts: 1 }, 404, null, {}),
  ])('reads without the attribute catalogue where it is withheld (%s)', async (refusal) => {
    const { facts } = await readAll(clientOf(company(5, 100), refusal), ['work_email', 'manager']);
    expect([...facts.presentFields].sort()).toEqual(['first_name', 'id', 'last_name', 'work_email']);
  });
});
