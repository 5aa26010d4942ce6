import { isEnding, type PlannedChange } from '../../core/change.js';
import { pauseAfter } from '../../core/pause.js';
import type { Failure, Store } from '../../store/store.js';

/**
 * Who failed before and who fails in this run: each further failure of a person makes their rest longer. An ending does not
 * rest, since every run that waits leaves an account open, and one more try costs one request. Its failures are counted
 * for themselves: what went wrong with an update says nothing of it.
 */
export class Failures {
  readonly #known = new Map<string, Failure>();
  readonly #restsUntil = new Map<string, string>();

  private constructor(private readonly now: () => Date) {}

  static async of(store: Pick<Store, 'failures'>, now: () => Date): Promise<Failures> {
    const failures = new Failures(now);
    for (const failure of await store.failures()) failures.#known.set(failure.employee.id, failure);
    return failures;
  }

  /** One more failure of a person, ready to be remembered. */
  add({ employee, kind }: PlannedChange, error: string): Failure {
    const last = this.#known.get(employee.id);
    const known = last !== undefined && isEnding(last.kind) === isEnding(kind) ? last : undefined;
    const now = this.now();
    const at = now.toISOString();
    const attempts = (known?.attempts ?? 0) + 1;
    if (isEnding(kind))
      return { employee, kind, error, attempts, firstAt: known?.firstAt ?? at, lastAt: at, retryAt: at };
    const retryAt = new Date(now.getTime() + pauseAfter(attempts)).toISOString();
    this.#restsUntil.set(employee.id, retryAt);
    return { employee, kind, error, attempts, firstAt: known?.firstAt ?? at, lastAt: at, retryAt };
  }

  /** ISO instant until which somebody rests who failed in this run, or null. */
  restsUntil(employeeId: string): string | null {
    return this.#restsUntil.get(employeeId) ?? null;
  }
}
