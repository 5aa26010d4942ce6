import type { Day } from '../core/day.js';
import type { EmployeeReference } from '../core/employee.js';

/** One line of the invitation ledger; at most one per employee and hire. */
export interface Invitation {
  readonly employee: EmployeeReference;
  /** 1 for the first hire under this employee id, 2 for a rehire under the same id. */
  readonly hire: number;
  /**
   * `withheld`: an account was made without a mail on purpose (existing staff, `never`, created early). `uncertain`: the
   * mail may have gone out; never repeated without a person.
   */
  readonly state: 'scheduled' | 'sent' | 'cancelled' | 'withheld' | 'uncertain';
  /** The day on which it is due, where the calendar decides. */
  readonly due: Day | null;
  readonly startDate: Day | null;
  /** Why it is in this state, as part of a sentence. */
  readonly because: string;
  /** ISO instant, UTC, of the last move. */
  readonly at: string;
}

/** The ledger of invitations. */
export interface Invitations {
  invitations(employeeIds: readonly string[]): Promise<readonly Invitation[]>;
  listInvitations(states: readonly Invitation['state'][]): AsyncGenerator<readonly Invitation[]>;
  putInvitations(invitations: readonly Invitation[]): Promise<void>;
}
