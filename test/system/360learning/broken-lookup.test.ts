import { describe, expect } from 'vitest';
import { test } from '../../support/connector.js';
import { connectPair, SOURCES } from '../../support/pairs.js';

describe('an account whose custom values 360Learning answers with something else', () => {
  test('is told as a failure while its roles are still on their way, and does not end the process', async ({
    connect,
  }) => {
    const [source] = SOURCES;
    const connector = await connectPair(connect, source, '360learning', { company: { size: 10 } });
    await connector.imported();
    const { faults } = connector.sandbox['360learning'];
    const odd = { kind: 'status', status: 200, body: { strange: true } } as const;
    faults.add({ match: { route: 'values.list' }, times: null, fault: odd });
    const late = { kind: 'timeout_before_commit', answerAfter: 300 } as const;
    faults.add({ match: { route: 'roles.list' }, times: null, fault: late });
    const { code, stderr } = await connector.start(['verify']).ended;
    expect(code, stderr).toBe(4);
    expect(stderr).toContain('of another shape than the documented one');
  });
});
