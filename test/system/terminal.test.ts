import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { SECRETS } from '../support/config.js';
import { type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';
import { type AtTerminal, startAtTerminal } from '../support/terminal.js';

const SLOWLY = { target: { requests_per_second: 60, concurrency: 2 } };
const TERMINALS = ['real', 'pretended'] as const;

const writes = ({ sandbox }: Connector): number => sandbox.learnamp.requests.writes().length;

/** Waits until the run is in the middle of its changes and its spinner is shown. */
async function inTheMiddle(connector: Connector, run: AtTerminal): Promise<void> {
  const ended = run.ended.then(() => 'ended');
  while (writes(connector) < 12 || !run.shown().includes('applying')) {
    if ((await Promise.race([wait(5), ended])) === 'ended') throw new Error(run.shown());
  }
}

describe.concurrent('Ctrl-C on a terminal', () => {
  test.for(rowsOfPart(TERMINALS))(
    'finishes the calls under way and exits with 130 (%s terminal)',
    async (kind, { connect, onTestFinished }) => {
      const connector = await connect({ config: SLOWLY });
      const run = startAtTerminal(kind, ['import-all'], { folder: connector.folder, env: SECRETS });
      onTestFinished(() => run.kill());
      await inTheMiddle(connector, run);
      run.interrupt();
      expect((await run.ended).code, run.shown()).toBe(130);
      expect(run.shown()).toContain('stopping after what is under way; once more to stop at once');
      expect(run.shown()).toMatch(/interrupted; it is safe to start\s+again/);
      expect((await connector.run(['status'])).stdout).not.toContain('Uncertain');
      await connector.configure({});
      await connector.imported();
      expect((await connector.imported()).changes).toEqual([]);
    },
  );

  test.for(rowsOfPart(TERMINALS))(
    'a second one ends the run at once (%s terminal)',
    async (kind, { connect, onTestFinished }) => {
      const connector = await connect({ config: SLOWLY });
      const { faults } = connector.sandbox.learnamp;
      faults.add({ match: { route: 'users.create' }, from: 12, times: null, fault: { kind: 'timeout_after_commit' } });
      const run = startAtTerminal(kind, ['import-all'], { folder: connector.folder, env: SECRETS });
      onTestFinished(() => run.kill());
      await inTheMiddle(connector, run);
      while ((faults.list()[0]?.struck ?? 0) === 0) await wait(5);
      run.interrupt();
      while (!run.shown().includes('stopping')) await wait(5);
      await wait(100);
      run.interrupt();
      expect((await run.ended).code, run.shown()).toBeNull();
    },
  );

  test.for([
    ['hrsync', {}, 0],
    ['npx hrsync', { npm_command: 'exec' }, 100],
  ] as const)('of %s that arrives twice counts once', async ([, env, apart], { connect, onTestFinished }) => {
    const connector = await connect({ config: SLOWLY });
    const run = startAtTerminal('pretended', ['import-all'], {
      folder: connector.folder,
      env: { ...SECRETS, ...env },
    });
    onTestFinished(() => run.kill());
    await inTheMiddle(connector, run);
    run.interrupt();
    if (apart > 0) await wait(apart);
    run.interrupt();
    expect((await run.ended).code, run.shown()).toBe(130);
  });
});
