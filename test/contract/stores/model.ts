import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Settlement } from '../../../src/store/store.js';
import { failure, invitation, snapshot } from './made-up.js';
import { contentsOf, MemoryModel, type Step, takeSteps } from './memory-model.js';
import type { Place } from './store-contract.js';

// Few of each, so that people meet.
const EMPLOYEES = ['1', '2', '3', '4'];
const EMAILS = ['a@acme.example', 'A@acme.example ', 'b@acme.example'];

const employee = fc.constantFrom(...EMPLOYEES);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 2 });
const someSnapshot = fc
  .record({
    employeeId: employee,
    accountId: fc.constantFrom('77', '78', '79'),
    state: fc.constantFrom('active', 'pending', 'deactivated', 'deleted'),
    email: optional(fc.constantFrom(...EMAILS)),
    fields: fc.record({ manager: optional(employee), title: fc.string({ unit: 'binary' }) }),
    hash: optional(fc.string()),
    missingRuns: fc.nat(),
  })
  .map(({ employeeId, ...change }) => snapshot(employeeId, change));
const someInvitation = fc
  .record({
    id: employee,
    hire: fc.integer({ min: 1, max: 2 }),
    state: fc.constantFrom('scheduled', 'sent', 'uncertain'),
  })
  .map(({ id, ...change }) => invitation(id, change));
const someFailure = fc
  .record({ id: employee, attempts: fc.integer({ min: 1, max: 9 }) })
  .map(({ id, attempts }) => failure(id, { attempts }));
const outcome = fc.constantFrom<Settlement['outcome'][]>('done', 'failed', 'uncertain');

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('put'), snapshots: fc.array(someSnapshot, { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('begin'), employee }),
  fc.record({
    kind: fc.constant('settle'),
    intent: fc.nat(),
    change: fc.record({
      outcome,
      snapshot: optional(someSnapshot),
      unlink: optional(employee),
      invitation: optional(someInvitation),
      failure: optional(someFailure),
    }),
  }),
  fc.record({ kind: fc.constant('invite'), invitations: fc.array(someInvitation, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('clear'), employees: fc.array(employee, { maxLength: 2 }) }),
);

/** Whatever is done to a store, it holds what a plain model in memory holds, also after it was closed and opened again. */
export function describeModel(makePlace: () => Promise<Place>): void {
  it('holds after any steps what a plain model holds', async () => {
    const holdsTheSame = fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const place = await makePlace();
      try {
        const store = await place.open();
        const refused = await takeSteps(store, steps);
        await store.close();
        const again = await place.open('read');
        const contents = await contentsOf(again, refused, EMPLOYEES, EMAILS);
        await again.close();
        const model = new MemoryModel();
        model.take(steps);
        expect(contents).toEqual(model.contents(EMPLOYEES, EMAILS));
      } finally {
        await place.clear();
      }
    });
    await fc.assert(holdsTheSame, { numRuns: 40 });
  });
}
