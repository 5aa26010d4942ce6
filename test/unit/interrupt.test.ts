import { getActiveResourcesInfo } from 'node:process';
import { expect, test } from 'vitest';
import { onInterrupt } from '../../src/cli/interrupt.js';

const timers = () => getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

test('a stopped run keeps its process until the repeat of the key press is over, so that the exit code survives it', () => {
  const listeners = new Map<string, (error?: unknown) => void>();
  let stops = 0;
  const unlisten = onInterrupt(
    { env: {}, on: (signal, listener) => listeners.set(signal, listener), off: (signal) => listeners.delete(signal) },
    () => {
      stops += 1;
    },
  );
  const before = timers();
  listeners.get('SIGINT')?.();
  unlisten();
  listeners.get('SIGINT')?.();
  expect({ stops, listening: [...listeners.keys()], waits: timers() - before }).toEqual({
    stops: 1,
    listening: ['SIGINT', 'SIGTERM'],
    waits: 1,
  });
});
