import { type FailurePolicy, failureStep } from '../../core/failure-share.js';
import { FailuresError } from '../../errors-plan.js';

/** Counts the changes of a run that fail, endings apart, and tells when a step of `safety.max_failures` is passed. */
export class FailureWatch {
  #failed = 0;
  #tried = 0;
  #alarm: string | null = null;

  /** @param tell is called once, when the first step is passed */
  constructor(
    private readonly policy: FailurePolicy,
    private readonly minPopulation: number,
    private readonly tell: (sentence: string) => void,
  ) {}

  /** What passed the first step, as a sentence with the figures of that moment; null where nothing did. */
  get alarm(): string | null {
    return this.#alarm;
  }

  succeeded(): void {
    this.#tried += 1;
  }

  /** Notes a failure; gives an error when the run should stop. */
  failed(): FailuresError | null {
    this.#failed += 1;
    this.#tried += 1;
    const count = { failed: this.#failed, tried: this.#tried };
    const step = failureStep(this.policy, count, this.minPopulation);
    if (step !== 'none' && this.#alarm === null) {
      this.#alarm = `${count.failed} of ${count.tried} changes failed so far, more than safety.max_failures allows`;
      this.tell(this.#alarm);
    }
    return step === 'stop' ? new FailuresError(count.failed, count.tried) : null;
  }
}
