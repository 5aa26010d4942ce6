import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';

const SLOWLY = { target: { requests_per_second: 60, concurrency: 2 } };

/** A run whose creations hang from the fifth on: it goes on until it is killed. */
async function hangingRun(connector: Connector) {
  const { faults } = connector.sandbox.learnamp;
  faults.add({ match: { route: 'users.create' }, from: 5, times: null, fault: { kind: 'timeout_after_commit' } });
  const running = connector.start(['import-all']);
  while ((faults.list()[0]?.struck ?? 0) < 2) await wait(5);
  return running;
}

describe.concurrent('while a run goes on', () => {
  test('status, runs and explain say how far it is, and call nothing uncertain or dead', async ({ connect }) => {
    const connector = await connect({ config: SLOWLY });
    const running = await hangingRun(connector);
    const far = /under way since \d{4}-\d\d-\d\d \d\d:\d\d UTC, \d+ of \d+ changes done/;
    const { stdout: status } = await connector.run(['status']);
    expect(status).toMatch(new RegExp(`Last run +run 1 \\(import-all\\), ${far.source}\n`));
    expect(status).not.toMatch(/Uncertain|did not finish/);
    const document = JSON.parse((await connector.run(['status', '--json'])).stdout);
    expect(document).toMatchObject({ uncertain: 0, last_run: { finishedAt: null, under_way: { done: 4 } } });

    const { stdout: list } = await connector.run(['runs']);
    expect(list).toMatch(far);
    expect(list).not.toContain('did not finish');
    const { stdout: one } = await connector.run(['runs', '1']);
    expect(one).toMatch(far);
    expect(one).toContain('under way\n');
    expect(one).not.toMatch(/did not finish|no outcome is known/);
    const { runs } = JSON.parse((await connector.run(['runs', '--json'])).stdout);
    expect(runs[0].under_way.planned).toBeGreaterThan(30);

    const entries: readonly { employee: { id: string }; outcome: string | null }[] = JSON.parse(
      (await connector.run(['runs', '1', '--json'])).stdout,
    ).changes;
    const id = entries.find(({ outcome }) => outcome === null)?.employee.id ?? '';
    const { stdout: person } = await connector.run(['explain', id]);
    expect(person.replaceAll(/\s+/g, ' ')).toContain('the create of run 1 is under way.');
    expect(person).not.toMatch(/is not known|no outcome/);
    running.child.kill('SIGKILL');
    await running.ended;
    const { stdout: after } = await connector.run(['status']);
    expect(after).toMatch(/Last run +run 1 .*did not finish/);
    expect(after).toMatch(/Uncertain +\d changes?; the next run asks the LMS/);
    expect((await connector.run(['explain', id])).stdout.replaceAll(/\s+/g, ' ')).toContain('is not known');
  });

  test('verify and a dry run say that it is under way', async ({ connect }) => {
    const connector = await connect({ config: SLOWLY });
    const running = await hangingRun(connector);
    const verify = (await connector.run(['verify'])).stdout.replaceAll(/\s+/g, ' ');
    expect(verify).toContain('run 1 is under way since');
    expect(verify).not.toMatch(/uncertain|did not finish|killed/);
    const plan = (await connector.run(['plan'])).stdout.replaceAll(/\s+/g, ' ');
    expect(plan).toContain('run 1 is under way since');
    expect(plan).not.toContain('uncertain');
    running.child.kill('SIGKILL');
    await running.ended;
    expect((await connector.run(['verify'])).stdout.replaceAll(/\s+/g, ' ')).toMatch(/run 1 did not finish/);
  });

  test('a run that was killed is not called alive because another command holds the lock', async ({ connect }) => {
    const connector = await connect({ config: SLOWLY });
    const killed = await hangingRun(connector);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const reading = connector.sandbox.personio.faults;
    reading.add({ match: { route: 'employees' }, times: null, fault: { kind: 'timeout_before_commit' } });
    const next = connector.start(['import-all']);
    while ((reading.list()[0]?.struck ?? 0) === 0) await wait(5);
    const { stdout } = await connector.run(['status']);
    expect(stdout).toMatch(/Last run +run 2 .*under way since .*, reading and planning\n/);
    const { stdout: list } = await connector.run(['runs']);
    expect(list).toMatch(/\n +1 .*did not finish/);
    next.child.kill('SIGKILL');
    await next.ended;
  });
});
