import { describe, expect } from 'vitest';
import type { FaultOrder } from '../../src/sandbox/index.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { connectPair, members, SOURCES } from '../support/pairs.js';
import { rowsOfPart } from '../support/part.js';
import { plainPerson } from '../support/people.js';

type Fault = FaultOrder['fault'];
type Pair = Parameters<typeof connectPair>[1];

/** A fault on every request from the n-th on, and how a run ends that meets it. */
type Doom = readonly [what: string, fault: Fault, code: number, from?: number];

const doomed: readonly Doom[] = rowsOfPart([
  ['pages with half their rows', { kind: 'short_page' }, 6],
  ['nobody at all', { kind: 'empty_list' }, 6],
  ['half of the company', { kind: 'short_list', keep: 0.5 }, 6],
  ['an HTML page', { kind: 'html' }, 6],
  ['an empty body', { kind: 'empty_body' }, 6],
  ['JSON that is cut off', { kind: 'truncated_json' }, 6],
  ['a server error', { kind: 'status', status: 500 }, 6],
  ['a bad gateway after the answer was made', { kind: 'error_after_commit', status: 502 }, 6],
  ['a connection that is cut', { kind: 'reset_before_commit' }, 6],
  ['a connection that is cut in place of the answer', { kind: 'reset_after_commit' }, 6],
  ['silence', { kind: 'timeout_before_commit' }, 6],
  ['silence in place of the answer', { kind: 'timeout_after_commit' }, 6],
  ['an answer that drips for ever', { kind: 'slow_drip', bytes: 1, every: 20 }, 6],
  ['a lost right', { kind: 'status', status: 403 }, 8],
  ['credentials that are refused', { kind: 'status', status: 401 }, 8],
]);

const passing: readonly (readonly [what: string, fault: Fault, times: number])[] = rowsOfPart([
  ['a 503', { kind: 'status', status: 503 }, 1],
  ['two 429', { kind: 'status', status: 429, retryAfter: 1 }, 2],
  ['a connection that is cut', { kind: 'reset_before_commit' }, 1],
  ['JSON that is cut off', { kind: 'truncated_json' }, 1],
  ['rows in another order', { kind: 'shuffled_rows' }, 99],
]);

/** A connector that is in step, and then somebody leaves, somebody is promoted, somebody is gone. */
async function changedCompany(connect: Connect, pair: Pair): Promise<Connector> {
  const connector = await connectPair(connect, pair, 'learnamp', { company: { size: 30 } });
  await connector.imported();
  connector.hr.apply({ kind: 'terminate', person: plainPerson(connector.company).id, on: day(-1) });
  connector.hr.apply({ kind: 'promote', person: plainPerson(connector.company, 1).id, to: 'Principal' });
  connector.hr.apply({ kind: 'delete', person: plainPerson(connector.company, 2).id });
  connector.takeRequests();
  return connector;
}

describe.concurrent.each(SOURCES.filter(([name]) => name !== 'Personio v1'))(
  'a read from %s',
  (name, source, further, route) => {
    // Silence is not waited for as long as usual.
    const pair = [name, source, `${further}  timeout_seconds: 1\n`, route] as const;

    test.for(doomed)(
      'that meets %s for good changes nobody and says why',
      async ([, fault, code, from = 1], { connect }) => {
        const connector = await changedCompany(connect, pair);
        const before = members(connector, 'learnamp');
        connector.sandbox[source].faults.add({ match: { route }, fault, from, times: null });
        const ended = await connector.run(['import-all']);
        expect(ended.code, ended.stderr).toBe(code);
        expect(ended.stderr).toMatch(/error acme|error sandbox/);
        expect(connector.takeWrites()).toEqual([]);
        expect(members(connector, 'learnamp')).toEqual(before);
      },
    );

    test.for(passing)('that meets %s in passing ends as if nothing had been', async ([, fault, times], { connect }) => {
      const connector = await changedCompany(connect, pair);
      connector.sandbox[source].faults.add({ match: { route }, fault, times });
      await connector.imported();
      expect(connector.sandbox[source].faults.list()[0]?.struck).toBeGreaterThan(0);
      expect(connector.lms.list().filter(({ jobTitle }) => jobTitle === 'Principal')).toHaveLength(1);
    });
  },
);
