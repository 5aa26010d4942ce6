import { setTimeout as wait } from 'node:timers/promises';
import type { HostProcess } from './process.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * One key press can arrive twice: a terminal signals the whole process group, and a wrapper in that group passes the
 * signal on. A repeat within this time, in ms, counts as the same press.
 */
const SAME_PRESS = 50;
/** npm and npx always pass it on, late on a busy machine; they set `npm_command`. */
const SAME_PRESS_BY_NPM = 1_000;

/**
 * Calls `stop` at the first SIGINT or SIGTERM. The next one finds no listener and ends the process at once.
 *
 * The listener is taken away only after the signal has been delivered to everybody: the spinner's library (signal-exit)
 * ends the process itself when it finds that nobody else listens.
 *
 * @returns takes the listeners away, unless it is stopping: the repeat of a key press must not strike while the process ends
 */
export function onInterrupt(host: Pick<HostProcess, 'env' | 'on' | 'off'>, stop: () => void): () => void {
  const samePress = 'npm_command' in host.env ? SAME_PRESS_BY_NPM : SAME_PRESS;
  let stopping = false;
  const unlisten = () => {
    for (const signal of SIGNALS) host.off(signal, interrupt);
  };
  const interrupt = () => {
    if (stopping) return;
    stopping = true;
    // The process waits for this timer: as it ends, Node.js takes its own listener away, and a late repeat of the key
    // press would end a run that had stopped in order, without its exit code.
    setTimeout(unlisten, samePress);
    stop();
  };
  for (const signal of SIGNALS) host.on(signal, interrupt);
  return () => {
    if (!stopping) unlisten();
  };
}

/** Waits until a signal ends the command. */
export async function untilInterrupted(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) await wait(3_600_000, undefined, { signal }).catch(() => undefined);
}
