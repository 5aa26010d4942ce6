import { describe, expect, it } from 'vitest';
import type { SourceRecord } from '../../../../src/sources/source.js';
import { ambiguityOf, byPerson } from '../../../../src/sync/read/intake/repeats.js';

const record = (id: string, fields: object, unreadable?: Record<string, string>): SourceRecord => ({
  employee: { id, fields: { id, ...fields }, ...(unreadable && { unreadable }) },
});
const broken = (problem: string): SourceRecord => ({ unreadable: { id: '1', name: 'Mia', problem } });

describe('the records of a page', () => {
  it('are put together by person, in the order in which they came', () => {
    const nobody: SourceRecord = { unreadable: { id: null, name: null, problem: 'no id' } };
    const page = [record('1', {}), nobody, record('2', {}), record('1', { team: 'A' }), nobody];
    expect(byPerson(page)).toEqual([[page[0], page[3]], [nobody], [page[2]], [nobody]]);
  });
});

describe('several records of one person', () => {
  it.each<[what: string, records: SourceRecord[]]>([
    ['the same', [record('1', { team: 'A' }), record('1', { team: 'A' })]],
    ['sets in another order', [record('1', { tags: ['a', 'b'] }), record('1', { tags: ['b', 'a'] })]],
    ['nothing said in two ways', [record('1', { team: null }), record('1', { team: '' })]],
    ['the same trouble', [broken('no employment'), broken('no employment')]],
    ['one alone', [record('1', {})]],
  ])('say the same: %s', (_, records) => {
    expect(ambiguityOf(records)).toBeNull();
  });

  it('that differ are named with their values, cut short', () => {
    const skip = ambiguityOf([
      record('1', { team: 'A', first_name: 'Mia' }),
      record('1', { team: null, first_name: 'x'.repeat(1_000) }),
      record('1', { team: 'A', first_name: 'Mia' }, { start_date: 'broken' }),
    ]);
    expect(skip).toMatchObject({ reason: 'ambiguous_source', employee: { id: '1', name: 'Mia' } });
    expect(skip?.message).toMatch(
      /^HR lists #1 3 times, with different records: team is "A" and empty; first_name is "Mia" and "x+…"; start_date is not readable/,
    );
    expect(skip?.message.length).toBeLessThan(400);
  });

  it('of which one cannot be read are not taken for the same', () => {
    expect(ambiguityOf([record('1', {}), broken('x')])?.message).toContain('one of them cannot be read');
    expect(ambiguityOf([broken('x'), record('1', {})])?.employee).toMatchObject({ id: '1', name: 'Mia' });
  });
});
