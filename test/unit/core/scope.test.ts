import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, explainItem, type FilterItem, failedItem, hiddenField } from '../../../src/core/scope.js';
import type { Value } from '../../../src/core/value.js';
import { employee, someValue } from './made-up.js';

type Test = Omit<Condition, 'field'>;

function holds(test: Test, value?: Value): boolean {
  const person = employee(value === undefined ? {} : { office: value });
  return failedItem(person, [{ field: 'office', ...test }]) === null;
}

describe('a condition', () => {
  it.each<[Test, Value, boolean]>([
    [{ in: ['Bonn', 'Ulm'] }, 'Bonn', true],
    [{ in: ['Bonn'] }, 'bonn', false],
    [{ in: ['Bonn'] }, 'Bonn am Rhein', false],
    [{ in: ['Bonn'] }, null, false],
    [{ in: ['Bonn'] }, ['Ulm', 'Bonn'], true],
    [{ in: ['Bonn'] }, ['Ulm'], false],
    [{ in: ['7'] }, 7, true],
    [{ in: ['true'] }, true, true],
    [{ in: ['Büro München'] }, 'Bu\u0308ro\u00A0Mu\u0308nchen ', true],
    [{ notIn: ['Büro München'] }, ['Bu\u0308ro Mu\u0308nchen'], false],
    [{ matching: /^büro$/iu }, 'Bu\u0308ro', true],
    [{ notIn: ['Bonn'] }, 'Bonn', false],
    [{ notIn: ['Bonn'] }, 'Ulm', true],
    [{ notIn: ['Bonn'] }, null, true],
    [{ notIn: ['Bonn'] }, ['Ulm', 'Bonn'], false],
    [{ matching: /^bonn/iu }, 'Bonn am Rhein', true],
    [{ matching: /onn/u }, 'Bonn', true],
    [{ matching: /^onn/u }, 'Bonn', false],
    [{ matching: /x*/u }, null, false],
    [{ matching: /ulm/iu }, ['Bonn', 'Ulm'], true],
    [{ notMatching: /-personio-login@/u }, 'mia-personio-login@acme.example', false],
    [{ notMatching: /-personio-login@/u }, 'mia@acme.example', true],
    [{ notMatching: /x*/u }, '', true],
    [{ notMatching: /ulm/iu }, ['Bonn', 'Ulm'], false],
    [{ empty: true }, ' ', true],
    [{ empty: true }, [], true],
    [{ empty: true }, 0, false],
    [{ empty: false }, false, true],
    [{ empty: false }, null, false],
  ])('%j of %j holds: %s', (test, value, result) => {
    expect(holds(test, value)).toBe(result);
  });

  it.each<[Test, boolean]>([
    [{ in: ['Bonn'] }, false],
    [{ notIn: ['Bonn'] }, true],
    [{ matching: /./u }, false],
    [{ notMatching: /./u }, true],
    [{ empty: true }, true],
    [{ empty: false }, false],
  ])('%j of a field that is not there holds: %s', (test, result) => {
    expect(holds(test)).toBe(result);
  });

  it('needs all of its tests to hold', () => {
    const test = { in: ['Bonn', 'Ulm'], notMatching: /ulm/iu };
    expect(holds(test, 'Bonn')).toBe(true);
    expect(holds(test, 'Ulm')).toBe(false);
  });

  it('never holds together with its opposite', () => {
    fc.assert(
      fc.property(someValue, fc.array(fc.string(), { minLength: 1 }), (value, texts) => {
        expect(holds({ in: texts }, value)).toBe(!holds({ notIn: texts }, value));
        expect(holds({ matching: /a/u }, value)).toBe(!holds({ notMatching: /a/u }, value));
        expect(holds({ empty: true }, value)).toBe(!holds({ empty: false }, value));
      }),
    );
  });
});

describe('a filter', () => {
  const filter = [
    { field: 'legal_entity', in: ['Acme GmbH'] },
    { field: 'work_email', empty: false },
  ];

  it('needs all of its conditions to hold, and names the first that does not', () => {
    expect(failedItem(employee({ legal_entity: 'Acme GmbH', work_email: 'a@acme.example' }), filter)).toBeNull();
    expect(failedItem(employee({ legal_entity: 'Acme Ltd', work_email: null }), filter)).toBe(filter[0]);
    expect(failedItem(employee({ legal_entity: 'Acme GmbH' }), filter)).toBe(filter[1]);
  });

  const alternatives: FilterItem = {
    any: [
      { field: 'legal_entity', in: ['Acme GmbH'] },
      { field: 'office', matching: /^bonn/iu, notIn: ['Bonn 2'] },
    ],
  };

  it.each<[Record<string, string | null>, boolean]>([
    [{ legal_entity: 'Acme GmbH', office: 'Ulm' }, true],
    [{ legal_entity: 'Acme Ltd', office: 'Bonn' }, true],
    [{ legal_entity: 'Acme Ltd', office: 'Bonn 2' }, false],
    [{ legal_entity: null, office: null }, false],
  ])('with alternatives lets %j in: %s', (fields, result) => {
    expect(failedItem(employee(fields), [alternatives])).toBe(result ? null : alternatives);
  });

  it('needs the alternatives and all else', () => {
    const whole = [alternatives, { field: 'work_email', empty: false }];
    expect(failedItem(employee({ office: 'Bonn', work_email: null }), whole)).toBe(whole[1]);
    expect(failedItem(employee({ office: 'Ulm', work_email: 'a@acme.example' }), whole)).toBe(whole[0]);
  });

  it('hangs on a hidden field only where no other alternative holds', () => {
    expect(hiddenField(employee({ office: 'Bonn' }), alternatives)).toBeNull();
    expect(hiddenField(employee({ office: 'Ulm' }), alternatives)).toBe('legal_entity');
    expect(hiddenField(employee({ legal_entity: 'Acme Ltd', office: 'Ulm' }), alternatives)).toBeNull();
    expect(hiddenField(employee({}), { field: 'team', empty: true })).toBe('team');
  });

  it('with alternatives keeps people out for all of them', () => {
    expect(explainItem(alternatives)).toBe(
      'legal_entity is not one of Acme GmbH, and office is one of Bonn 2 or does not match ^bonn',
    );
  });

  it('without conditions lets everybody in', () => {
    expect(failedItem(employee(), [])).toBeNull();
  });
});

describe('explainItem', () => {
  it.each<[Test, string]>([
    [{ in: ['Bonn', 'Ulm'] }, 'office is not one of Bonn, Ulm'],
    [{ notIn: ['Bonn'] }, 'office is one of Bonn'],
    [{ matching: /^B/u }, 'office does not match ^B'],
    [{ notMatching: /^B/u }, 'office matches ^B'],
    [{ empty: true }, 'office is not empty'],
    [{ empty: false }, 'office is empty'],
    [{ in: ['Bonn'], empty: false }, 'office is not one of Bonn or is empty'],
  ])('says of %j: %s', (test, words) => {
    expect(explainItem({ field: 'office', ...test })).toBe(words);
  });
});
