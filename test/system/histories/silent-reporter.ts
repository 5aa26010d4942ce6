import type { SkipReason } from '../../../src/core/change.js';
import type { Reporter, RunResult } from '../../../src/report/reporter.js';

/** Says nothing, and keeps who was skipped for which reason. */
export class SilentReporter implements Reporter {
  readonly skips = new Map<string, SkipReason>();

  started(): void {}
  reading(): void {}
  matching(): void {}
  async planned(): Promise<void> {}
  applying(): void {}
  changed(): void {}
  note(): void {}
  failed(): void {}
  async verified(): Promise<void> {}

  async finished(result: RunResult): Promise<void> {
    for await (const { employee, reason } of result.skipped()) this.skips.set(employee.id, reason);
  }
}
