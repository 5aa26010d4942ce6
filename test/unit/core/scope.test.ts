import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Condition, explainCondition, failedCondition } from '../../../src/core/scope.js';
import type { Value } from '../../../src/core/value.js';
import { employee, someValue } from './made-up.js';

type Test = Omit<Condition, 'field'>;

function holds(test: Test, value?: Value): boolean {
  const person = employee(value === undefined ? {} : { office: value });
  return failedCondition(person, [{ field: 'office', ...test }]) === null;
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
    expect(failedCondition(employee({ legal_entity: 'Acme GmbH', work_email: 'a@acme.example' }), filter)).toBeNull();
    expect(failedCondition(employee({ legal_entity: 'Acme Ltd', work_email: null }), filter)?.field).toBe(
      'legal_entity',
    );
    expect(failedCondition(employee({ legal_entity: 'Acme GmbH' }), filter)?.field).toBe('work_email');
  });

  it('without conditions lets everybody in', () => {
    expect(failedCondition(employee(), [])).toBeNull();
  });
});

describe('explainCondition', () => {
  it.each<[Test, string]>([
    [{ in: ['Bonn', 'Ulm'] }, 'office is not one of Bonn, Ulm'],
    [{ notIn: ['Bonn'] }, 'office is one of Bonn'],
    [{ matching: /^B/u }, 'office does not match ^B'],
    [{ notMatching: /^B/u }, 'office matches ^B'],
    [{ empty: true }, 'office is not empty'],
    [{ empty: false }, 'office is empty'],
    [{ in: ['Bonn'], empty: false }, 'office is not one of Bonn or is empty'],
  ])('says of %j: %s', (test, words) => {
    expect(explainCondition({ field: 'office', ...test })).toBe(words);
  });
});
