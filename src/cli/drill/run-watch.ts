import { CHANGE_KINDS, isEnding } from '../../core/change.js';
import type { Reporter, RunResult } from '../../report/reporter.js';

/** What one run came to. */
export interface DrillRun {
  /** Null where the process was killed. */
  readonly exitCode: number | null;
  /** How many requests could have changed something in the LMS. */
  readonly sent: number;
  /** How many accounts ended, and how many got another e-mail address. */
  readonly endings: number;
  readonly moved: number;
  /** Employee ids of those for whom an account was made, and who were mailed. */
  readonly made: readonly string[];
  readonly mailed: readonly string[];
  /** Whether the plan held anything to do. */
  readonly changes: number;
  /** Name of the error that ended it, or null. */
  readonly error: string | null;
}

/** Watches one run and counts what was done. */
export class RunWatch {
  error: string | null = null;
  readonly found = {
    ...{ endings: 0, moved: 0, changes: 0 },
    made: [] as string[],
    mailed: [] as string[],
  };

  readonly reporter: Reporter = {
    started() {},
    reading() {},
    matching() {},
    async planned() {},
    applying() {},
    changed() {},
    note() {},
    finished: (result) => this.#see(result),
    async verified() {},
    failed: (error) => {
      if (error instanceof Error) this.error ??= error.name;
    },
  };

  async #see(result: RunResult): Promise<void> {
    for (const kind of CHANGE_KINDS) if (kind !== 'invite') this.found.changes += result.summary[kind];
    for await (const { kind, outcome, employee, invites, fields } of result.changes()) {
      if (outcome !== 'done') continue;
      if (isEnding(kind)) this.found.endings += 1;
      if (kind === 'create') this.found.made.push(employee.id);
      else if (fields['email'] !== undefined) this.found.moved += 1;
      if (invites) this.found.mailed.push(employee.id);
    }
  }
}
