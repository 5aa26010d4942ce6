import fc from 'fast-check';
import type { Account, Snapshot } from '../../../src/core/account.js';
import { addDays } from '../../../src/core/day.js';
import type { Employee } from '../../../src/core/employee.js';
import type { SafetyPolicy } from '../../../src/core/safety.js';
import { emptyFields, type Fields, type Value } from '../../../src/core/value.js';

/** A day in the middle of the made-up calendar. */
export const TODAY = '2026-11-24';

/** A safety policy that sets no limit on kinds of changes, and has the usual ones on all else. */
export const NO_LIMITS: SafetyPolicy = {
  limits: {},
  clears: { percent: 50 },
  emailChanges: { percent: 10 },
  adoptions: { percent: 10 },
  leftOut: { percent: 10 },
  per: null,
  minPopulation: 0,
  onRefusal: 'stop',
};

/** Fields as sources make them: without a prototype. */
export function fields(values: Readonly<Record<string, Value>>): Fields {
  return Object.assign(emptyFields(), values);
}

/** Employee 1001, of whom HR says only what is given. */
export function employee(values: Readonly<Record<string, Value>> = {}, id = '1001'): Employee {
  return { id, fields: fields(values) };
}

/** The acknowledged account of employee 1001. */
export function snapshot(partial: Partial<Snapshot> = {}): Snapshot {
  return {
    employeeId: '1001',
    accountId: '77',
    state: 'active',
    name: 'Mia Adler',
    email: 'mia@acme.example',
    fields: fields({}),
    hash: null,
    awaitingManager: null,
    startDate: null,
    linkedByHand: false,
    missingSince: null,
    missingRuns: 0,
    ...partial,
  };
}

/** An account of the LMS that nobody is linked to. */
export function account(partial: Partial<Account> = {}): Account {
  return { id: '77', state: 'active', externalId: null, email: null, name: null, fields: fields({}), ...partial };
}

/** Days around the middle of the calendar, near ones most often. */
export const someDay = fc
  .oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3000, max: 3000 }))
  .map((distance) => addDays(TODAY, distance));

/** Text with blanks, accents, control characters and half surrogates among it. */
export const someText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'Sales',
    ' Sales ',
    'Ju\u0308rgen',
    'Jürgen',
    '\u0000\u001b[31m',
    '<b>',
    '=1+1',
    '2026-11-24',
    '007',
  ),
  fc.string({ maxLength: 12 }),
  fc.string({ maxLength: 12, unit: 'binary' }),
);

/** Any value that an HR field may hold. */
export const someValue: fc.Arbitrary<Value> = fc.oneof(
  someText,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.array(someText, { maxLength: 4 }),
  fc.constant(null),
);

/** Names that every object inherits something under. */
export const HOSTILE_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'] as const;
