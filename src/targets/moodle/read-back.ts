import { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { type CustomReadOptions, isHeld } from './custom-values.js';
import type { LookUp } from './look-up.js';
import type { CustomWrite } from './user-write.js';

/** An account and the custom values that were written to it. */
export interface Written {
  readonly id: string;
  readonly custom: readonly CustomWrite[];
}

/**
 * Reads accounts back in one look-up and gives for each the custom fields that it does not hold as they were sent: Moodle
 * ignores an unknown short name, and replaces and cuts values, without a word.
 */
export async function customNotHeld(
  lookUp: LookUp,
  written: readonly Written[],
  reading: CustomReadOptions,
  log: AdapterWorld['log'],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = written.filter(({ custom }) => custom.length > 0);
  if (asked.length === 0) return new Map();
  const { users } = await lookUp(
    'id',
    asked.map(({ id }) => id),
  ).catch((error: unknown) => {
    if (!(error instanceof HrsyncError)) throw error;
    log.warn('accounts could not be read back, so their custom fields count as not written', { error: error.message });
    return { users: [] };
  });
  const shown = new Map(users.map((user) => [user.id, user.customfields ?? []]));
  return new Map(
    asked.map(({ id, custom }) => {
      const held = shown.get(id);
      if (held === undefined) return [id, custom.map(({ field }) => field)];
      const lost = custom.filter((write) => {
        const own = held.find(({ shortname }) => shortname === write.shortname);
        if (isHeld(write, own, reading)) return false;
        const hint =
          own === undefined ? 'is not shown: is the short name right, capitals included?' : hintFor(own.type);
        log.warn(`custom field ${write.shortname} ${hint}`, { account: id });
        log.debug(`custom field ${write.shortname}`, { account: id, sent: write.encoded, held: own?.value ?? null });
        return true;
      });
      return [id, lost.map(({ field }) => field)];
    }),
  );
}

function hintFor(type: string): string {
  switch (type) {
    case 'menu':
      return 'is a menu that does not have the value that was sent';
    case 'checkbox':
      return 'is a checkbox: write type: boolean in the mapping';
    case 'datetime':
      return 'is a date and holds another day than was sent: write type: date in the mapping, or look at its range of years';
    default:
      return 'holds another text than was sent: is it cut at its own maximum length?';
  }
}
