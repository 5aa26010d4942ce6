import { type Change, isEnding } from '../../core/change.js';
import type { HrsyncError } from '../../errors.js';
import { CauseWatch, concernsAll } from './cause-watch.js';
import type { FailureWatch } from './failure-watch.js';

type Kind = Pick<Change, 'kind'>;

/** Why a run begins nothing more before its plan is through. What goes wrong with other changes never stops endings. */
export class Stops {
  /** Why nothing but endings is begun any more: the same cause for many, refused credentials. */
  #cause: unknown;
  /** Whether not even an ending is: the LMS refused the credentials for one. */
  #stopsEndings = false;
  readonly #causes = new CauseWatch();

  /** @param unfit why the changes of a plan cannot be sent at all, or null */
  constructor(
    unfit: HrsyncError | null,
    private readonly shares: FailureWatch,
  ) {
    this.#cause = unfit;
  }

  /** What passed a step of `safety.max_failures`, or null. */
  get alarm(): string | null {
    return this.shares.alarm;
  }

  get cause(): unknown {
    return this.#cause;
  }

  stopped({ kind }: Kind): boolean {
    return isEnding(kind) ? this.#stopsEndings : this.#cause !== null;
  }

  add(error: HrsyncError): void {
    this.#cause ??= error;
  }

  /** Notes a failure; `error` is null where the LMS took the change and left some of it out. */
  failed({ kind }: Kind, error: HrsyncError | null): void {
    const many = isEnding(kind) ? null : this.shares.failed();
    if (error !== null) this.#watchCause(kind, error);
    this.#cause ??= many;
  }

  #watchCause(kind: Change['kind'], error: HrsyncError): void {
    const isForAll = isEnding(kind) ? concernsAll(error) : this.#causes.failed(error);
    if (!isForAll) return;
    this.#cause ??= error;
    if (isEnding(kind)) this.#stopsEndings = true;
  }

  succeeded({ kind }: Kind): void {
    if (isEnding(kind)) return;
    this.#causes.succeeded();
    this.shares.succeeded();
  }
}
