import { EXTERNAL_ID } from '../../../core/account.js';
import { ID_KEY } from '../../../core/employee-key.js';
import type { Standing } from '../../../core/standing.js';

/** Notes who bears which employee key, where that is not the employee id: only then may HR give one to two people. */
export class SharedKeys {
  readonly #bearers = new Map<string, string>();
  readonly #sharers = new Map<string, string[]>();

  constructor(private readonly key: string) {}

  /** Notes the key of somebody who should have an account. */
  note(employeeId: string, standing: Standing): void {
    const key = standing.kind === 'wanted' ? standing.fields[EXTERNAL_ID] : null;
    if (this.key === ID_KEY || typeof key !== 'string') return;
    const first = this.#bearers.get(key);
    if (first === undefined) this.#bearers.set(key, employeeId);
    else this.#sharers.set(key, [...(this.#sharers.get(key) ?? [first]), employeeId]);
  }

  /** Every key that several people bear, with their employee ids. */
  get found(): ReadonlyMap<string, readonly string[]> {
    return this.#sharers;
  }
}
