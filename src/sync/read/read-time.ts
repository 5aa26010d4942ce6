import { InterruptedError, OutOfTimeError } from '../../errors.js';

/** The time that a run may spend before it writes: `--max-minutes` bounds reading as well as writing. */
export interface ReadTime {
  /** Whether it ended while there was reading to do; what was under way has been cut off then. */
  readonly isUp: boolean;
  /** Reading is over: what begins now is a write and is not cut off. */
  end(): void;
}

/**
 * Does the part of a run that reads.
 *
 * @throws OutOfTimeError where its time was used up
 */
export async function withinReadTime<Result>(time: ReadTime | undefined, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    throw time?.isUp === true && error instanceof InterruptedError ? new OutOfTimeError() : error;
  } finally {
    time?.end();
  }
}
