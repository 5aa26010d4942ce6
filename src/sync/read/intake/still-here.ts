import { addDays } from '../../../core/day.js';
import type { Employee } from '../../../core/employee.js';
import { speaksAgainstDeletion } from '../../../core/expiry.js';
import type { Standing } from '../../../core/standing.js';
import type { SourceRecord } from '../../../sources/source.js';
import type { SnapshotKey } from '../../../store/store.js';
import type { RunContext } from '../../context.js';
import { idOf } from './repeats.js';

/** Notes who has a closed account and is in HR as anything else than somebody who left long ago; only for `delete_after`. */
export class StillHere {
  readonly people = new Set<string>();
  readonly #days: number | null;

  constructor(private readonly context: Pick<RunContext, 'policy'>) {
    this.#days = context.policy.deactivation.deleteAfter;
  }

  look(employee: Employee, standing: Standing, key: SnapshotKey | undefined): void {
    if (this.#days === null || key?.state !== 'deactivated') return;
    const since = addDays(this.context.policy.today, -this.#days);
    if (speaksAgainstDeletion(employee, standing, since)) this.people.add(employee.id);
  }

  /** Takes records that say nothing for certain: these people may still work there. */
  leave(records: readonly SourceRecord[]): void {
    if (this.#days === null) return;
    for (const id of records.map(idOf)) if (id !== null) this.people.add(id);
  }
}
