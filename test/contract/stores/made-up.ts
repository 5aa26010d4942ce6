import type { Snapshot } from '../../../src/core/account.js';
import type { EmployeeReference } from '../../../src/core/employee.js';
import type { RunMemory } from '../../../src/store/run-memory.js';
import type { Failure, Intent, Invitation, RememberedSkip, Settlement, Store } from '../../../src/store/store.js';

/** The moment at which everything in these tests happens. */
export const AT = '2026-11-24T02:00:00.000Z';

export function person(id: string): EmployeeReference {
  return { id, email: `p${id}@acme.example`, name: `Person ${id}` };
}

export function snapshot(id: string, change: Partial<Snapshot> = {}): Snapshot {
  return {
    employeeId: id,
    accountId: `a${id}`,
    state: 'active',
    name: `Person ${id}`,
    email: `p${id}@acme.example`,
    fields: { external_id: id, job_title: 'Engineer' },
    hash: `h${id}`,
    awaitingManager: null,
    startDate: '2026-01-01',
    linkedByHand: false,
    missingSince: null,
    missingRuns: 0,
    ...change,
  };
}

export function intent(id: string, change: Partial<Intent> = {}): Intent {
  return {
    run: 1,
    kind: 'update',
    employee: person(id),
    account: `a${id}`,
    invites: false,
    fields: { job_title: { before: 'Engineer', after: 'Lead' } },
    because: 'job_title changed',
    startDate: '2026-01-01',
    hire: null,
    at: AT,
    ...change,
  };
}

export function settlement(id: number, change: Partial<Settlement> = {}): Settlement {
  const nothing = { error: null, snapshot: null, unlink: null, invitation: null, failure: null };
  return { id, outcome: 'done', at: AT, ...nothing, ...change };
}

export function invitation(id: string, change: Partial<Invitation> = {}): Invitation {
  const rest = { due: '2026-12-01', startDate: '2026-12-01', because: 'hired for 2026-12-01', at: AT };
  return { employee: person(id), hire: 1, state: 'scheduled', ...rest, ...change };
}

export function failure(id: string, change: Partial<Failure> = {}): Failure {
  const rest = { attempts: 1, firstAt: AT, lastAt: AT, retryAt: '2026-11-24T03:00:00.000Z' };
  return { employee: person(id), kind: 'update', error: 'the LMS refused job_title', ...rest, ...change };
}

export function skip(id: string, change: Partial<RememberedSkip> = {}): RememberedSkip {
  return { employee: person(id), reason: 'no_email', message: 'work_email is empty', run: 1, at: AT, ...change };
}

/** The texts of the numbers from `first` to `last`. */
export function ids(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}

/** The batches of a stream. */
export async function batchesOf<Item>(stream: AsyncIterable<readonly Item[]>): Promise<(readonly Item[])[]> {
  const batches: (readonly Item[])[] = [];
  for await (const batch of stream) batches.push(batch);
  return batches;
}

/** Everything in a stream, without its batches. */
export async function allOf<Item>(stream: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  return (await batchesOf(stream)).flat();
}

/** Has a run end that nobody began, so that only what it leaves for the next changes the store. */
export function remember(store: Store, memory: RunMemory): Promise<void> {
  const nothing = { employees: null, inScope: null, complete: null, counts: {}, error: null };
  return store.finishRun({ number: 0, finishedAt: AT, exitCode: 0, ...nothing }, memory);
}
