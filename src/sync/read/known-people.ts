import { batchesOf } from '../../core/batches.js';
import { emailKey } from '../../core/email.js';
import type { KnownPeople } from '../../sources/source.js';
import type { Store } from '../../store/store.js';

/** Whom the state knows, by the addresses that the LMS has acknowledged. */
export function knownPeople(store: Pick<Store, 'snapshotsByEmail'>): KnownPeople {
  return {
    async idsByEmail(emailKeys) {
      const found = new Map<string, Set<string>>();
      for (const keys of batchesOf(emailKeys)) {
        for (const { email, employeeId, state } of await store.snapshotsByEmail(keys)) {
          if (email === null || state === 'deleted') continue;
          const key = emailKey(email);
          found.set(key, (found.get(key) ?? new Set()).add(employeeId));
        }
      }
      return new Map(
        [...found].flatMap(([key, [id, other]]) => (id !== undefined && other === undefined ? [[key, id]] : [])),
      );
    },
  };
}
