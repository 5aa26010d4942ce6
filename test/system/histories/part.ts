import { isInPart } from '../../support/part.js';

/** True when somebody asked for histories of their own: these are all played. */
const IS_ASKED = process.env['HRSYNC_HISTORIES'] !== undefined || process.env['HRSYNC_SEED'] !== undefined;

/**
 * Plays the histories of this run's part and passes the others over. They are made by one seed either way: the parts of
 * all days together are the whole, and a history that fails keeps its number.
 */
export function ofThisPart<Made extends unknown[]>(
  holds: (...made: Made) => Promise<void>,
): (...made: Made) => Promise<void> {
  let index = -1;
  let hasFailed = false;
  return async (...made) => {
    index += 1;
    // After a failure come its shorter variants, which belong to no part.
    if (!IS_ASKED && !hasFailed && !isInPart(index)) return;
    try {
      await holds(...made);
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
}
