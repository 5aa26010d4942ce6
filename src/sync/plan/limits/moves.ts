import type { PlannedChange } from '../../../core/change.js';
import { concerns, type Planned } from '../../../core/safety.js';

/** Counts the people whose account would get another address, however many changes that takes. */
export class MoveCounter {
  readonly #email = new Set<string>();
  readonly #privileged = new Set<string>();

  get counts(): Planned['moves'] {
    return { email: this.#email.size, privileged: this.#privileged.size };
  }

  count(change: PlannedChange): void {
    if (concerns({ kind: 'email' }, change)) this.#email.add(change.employee.id);
    if (concerns({ kind: 'privileged' }, change)) this.#privileged.add(change.employee.id);
  }
}
