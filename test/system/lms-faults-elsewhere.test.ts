import { describe, expect } from 'vitest';
import type { FaultOrder } from '../../src/sandbox/index.js';
import { day, test } from '../support/connector.js';
import { connectPair, members, SOURCES } from '../support/pairs.js';
import { rowsOfPart } from '../support/part.js';
import { hire } from '../support/people.js';

const faults: readonly FaultOrder['fault'][] = rowsOfPart([
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfter: 1 },
  { kind: 'error_after_commit' },
  { kind: 'html' },
  { kind: 'empty_body' },
  { kind: 'truncated_json' },
  { kind: 'wrong_charset' },
  { kind: 'reset_before_commit' },
  { kind: 'reset_after_commit' },
  { kind: 'timeout_before_commit' },
  { kind: 'timeout_after_commit' },
  { kind: 'slow_drip', bytes: 1, every: 1_000 },
]);

const CREATES = {
  '360learning': 'users.create',
  learnupon: 'invites.create',
  moodle: 'core_user_create_users',
} as const;

describe.each(['360learning', 'learnupon', 'moodle'] as const)('one answer of %s that goes wrong', (target) => {
  test.for(faults)('($kind) as an account is made leaves nobody out and nobody twice', async (fault, { connect }) => {
    const [source] = SOURCES;
    const connector = await connectPair(connect, source, target, { company: { size: 8 } }, '  timeout_seconds: 1\n');
    await connector.imported();
    const before = members(connector, target);
    const newcomers = ['Ada', 'Grace', 'Alan'].map((name) => hire(connector, name, day(0)).email ?? '');
    const { faults: book } = connector.sandbox[target];
    book.add({ match: { route: CREATES[target] }, fault, times: 1 });
    const { code, stderr } = await connector.run(['import-all']);
    expect(book.list()[0]?.struck, stderr).toBeGreaterThan(0);
    // Done all the same, or told as undone.
    expect([0, 4], stderr).toContain(code);
    if (code === 4) expect(stderr).toMatch(/error sandbox: /);
    else expect(members(connector, target).toSorted()).toEqual([...before, ...newcomers].toSorted());
    book.clear();
    await connector.imported();
    // An invitation that nobody can be asked about is a person's to settle.
    for (const email of newcomers.filter((address) => !members(connector, target).includes(address))) {
      expect(target).toBe('learnupon');
      expect((await connector.run(['status'])).stdout).toContain('invite resolve');
      expect((await connector.run(['invite', 'resolve', email, '--not-sent'])).code).toBe(0);
      expect((await connector.run(['invite', 'send', email])).code).toBe(0);
    }
    expect(members(connector, target).toSorted()).toEqual([...before, ...newcomers].toSorted());
  });
});
