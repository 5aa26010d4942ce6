import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areTooFew, pairPeople, type RememberedPerson, type ShownPerson } from '../../../src/core/pairing.js';

const reference = (id: string) => ({ id, email: null, name: `Person ${id}` });
const known = (id: string, value: string | null, names = ['Mia Adler']): RememberedPerson => ({
  ...{ employee: reference(id), value, names },
});
const shown = (id: string, values: readonly string[], names = ['Mia', 'Adler']): ShownPerson => ({
  ...{ employee: reference(id), values, names },
});
const ids = ({ pairs }: ReturnType<typeof pairPeople>) => pairs.map(({ from, to }) => [from.id, to.id]);

describe('pairPeople', () => {
  it('pairs by the one value that both sides bear, whatever the ids are', () => {
    const pairing = pairPeople(
      [known('1', 'a'), known('2', 'b')],
      [shown('2', ['a']), shown('1', ['x', 'b']), shown('3', ['c'])],
      'agree',
    );
    expect(ids(pairing)).toEqual([
      ['1', '2'],
      ['2', '1'],
    ]);
    expect(pairing.unpaired).toEqual([]);
  });

  it('leaves out whoever has no value, fits nobody, or bears another name, and says which', () => {
    const { pairs, unpaired } = pairPeople(
      [known('1', null), known('2', 'gone'), known('3', 'c', ['Ben Bauer'])],
      [shown('30', ['c'])],
      'agree',
    );
    expect(pairs).toEqual([]);
    expect(unpaired).toMatchObject([
      { employee: { id: '1' }, why: 'no_value', fits: [] },
      { employee: { id: '2' }, why: 'nobody', fits: [] },
      { employee: { id: '3' }, why: 'name_differs', fits: ['30'] },
    ]);
    expect(ids(pairPeople([known('3', 'c', ['Ben Bauer'])], [shown('30', ['c'])], 'any'))).toEqual([['3', '30']]);
  });

  it.each<[string, readonly RememberedPerson[], readonly ShownPerson[]]>([
    ['two people in HR bear the value', [known('1', 'a')], [shown('10', ['a']), shown('11', ['a'])]],
    ['two remembered people bear it', [known('1', 'a'), known('2', 'a')], [shown('10', ['a'])]],
    ['two values lead to one person', [known('1', 'a'), known('2', 'b')], [shown('10', ['a', 'b'])]],
  ])('never guesses where %s', (_, remembered, people) => {
    const { pairs, unpaired } = pairPeople(remembered, people, 'agree');
    expect(pairs).toEqual([]);
    expect(unpaired.map(({ why }) => why)).toEqual(remembered.map(() => 'ambiguous'));
  });

  it('gives every new id to one person at most, and tells of everybody once', () => {
    const value = fc.constantFrom('a', 'b', 'c', 'd');
    const left = fc.array(fc.option(value, { nil: null }), { maxLength: 6 });
    const right = fc.array(fc.array(value, { maxLength: 2 }), { maxLength: 6 });
    fc.assert(
      fc.property(left, right, (values, lists) => {
        const remembered = values.map((one, index) => known(`${index}`, one));
        const people = lists.map((one, index) => shown(`n${index}`, one));
        const { pairs, unpaired } = pairPeople(remembered, people, 'agree');
        expect(new Set(pairs.map(({ to }) => to.id)).size).toBe(pairs.length);
        const told = [...pairs.map(({ from }) => from.id), ...unpaired.map(({ employee }) => employee.id)];
        expect(told.toSorted()).toEqual(remembered.map(({ employee }) => employee.id).toSorted());
      }),
    );
  });
});

it.each([
  [200, 400, 0, false],
  [199, 400, 0, true],
  [199, 400, 200, true],
  [199, 400, 201, false],
  [0, 0, 0, false],
  [0, 1, 0, true],
])('%i of %i paired with %i allowed to be left: too few is %s', (paired, of, allowed, tooFew) => {
  expect(areTooFew({ paired, of }, allowed)).toBe(tooFew);
});
