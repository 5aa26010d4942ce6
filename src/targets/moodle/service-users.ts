import type { Notes } from '../../core/notes.js';

const KEY = 'service_users';

/** The service users that hrsync has worked as at this site, by the ids of their accounts. */
export interface ServiceUsers {
  recall(notes: Notes): void;
  met(id: string): void;
  except(id: string): ReadonlySet<string>;
  notes(): Notes;
}

/** Remembers them from run to run, because a new token may belong to another user and the earlier one keeps its rights. */
export function createServiceUsers(): ServiceUsers {
  const known = new Set<string>();
  return {
    recall(notes) {
      for (const id of notes[KEY] ?? []) known.add(id);
    },
    met: (id) => void known.add(id),
    except: (id) => new Set([...known].filter((one) => one !== id)),
    notes: () => (known.size === 0 ? {} : { [KEY]: [...known] }),
  };
}
