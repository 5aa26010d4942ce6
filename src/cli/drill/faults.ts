import { EXIT } from '../../exit.js';
import type { FaultOrder } from '../../sandbox/index.js';

/** What goes wrong in one part of a drill. */
export interface DrillFault {
  readonly id: string;
  /** What happens, as an operator would tell it. */
  readonly title: string;
  /** The same of a file; absent: as above. */
  readonly fileTitle?: string;
  /** Faults of the HR system's or of the LMS's stand-in, every matching request, until the run has ended. */
  readonly hr?: readonly FaultOrder['fault'][];
  readonly lms?: readonly FaultOrder['fault'][];
  /** How many matching requests are hit; null: every one. */
  readonly times?: number | null;
  /** Requests that are hit: all, or those that change something. */
  readonly hits?: 'all' | 'writes';
  /** What happens in HR beyond the usual night. */
  readonly company?: 'all_inactive' | 'new_addresses';
  /** What becomes of the file, where HR is one; absent: this cannot happen to a file. */
  readonly file?: 'half' | 'empty' | 'missing' | 'torn';
  /** Whether the process is killed while it writes to the LMS. */
  readonly kills?: true;
  /** Exit codes that were promised; null stands for a killed process. */
  readonly expected: readonly (number | null)[];
  /** The accounts that may end: nobody's, or that of the one person who really left. */
  readonly endings: 'none' | 'leaver';
}

const EVERY = null;

/** Every fault of a drill, in the order of the table. */
export const DRILL_FAULTS: readonly DrillFault[] = [
  {
    ...{ id: 'usual', title: 'a usual night: somebody joins, somebody leaves, somebody is promoted' },
    ...{ expected: [EXIT.done], endings: 'leaver' },
  },
  {
    ...{ id: 'hr_short', title: 'HR answers short: half of the company, and the total agrees' },
    ...{ hr: [{ kind: 'short_list', keep: 0.5 }], times: EVERY, file: 'half' },
    ...{ expected: [EXIT.incompleteRead], endings: 'none' },
  },
  {
    ...{ id: 'hr_empty', title: 'HR lists nobody' },
    ...{ hr: [{ kind: 'empty_list' }], times: EVERY, file: 'empty' },
    ...{ expected: [EXIT.incompleteRead, EXIT.credentials], endings: 'none' },
  },
  {
    ...{ id: 'hr_error', title: 'HR answers 500', hr: [{ kind: 'status', status: 500 }], times: EVERY },
    ...{ file: 'missing', fileTitle: 'the file of HR is missing', expected: [EXIT.incompleteRead], endings: 'none' },
  },
  {
    ...{ id: 'hr_timeout', title: 'HR does not answer', hr: [{ kind: 'timeout_before_commit' }], times: EVERY },
    ...{ expected: [EXIT.incompleteRead], endings: 'none' },
  },
  {
    ...{ id: 'hr_torn', title: 'the answer of HR breaks off', hr: [{ kind: 'truncated_json' }], times: EVERY },
    ...{
      file: 'torn',
      fileTitle: 'the file of HR breaks off in the middle of a row',
      expected: [EXIT.incompleteRead],
      endings: 'none',
    },
  },
  {
    ...{ id: 'hr_clock', title: 'the clocks of HR and of this machine are two days apart' },
    ...{ hr: [{ kind: 'clock_skew', days: 2 }], times: EVERY, expected: [EXIT.incompleteRead], endings: 'none' },
  },
  {
    ...{ id: 'hr_revoked', title: 'HR rejects the credentials', hr: [{ kind: 'status', status: 401 }], times: EVERY },
    ...{ expected: [EXIT.credentials], endings: 'none' },
  },
  {
    ...{ id: 'all_inactive', title: 'HR says that everybody has left', company: 'all_inactive' },
    ...{ expected: [EXIT.refused], endings: 'none' },
  },
  {
    ...{ id: 'new_addresses', title: "everybody's e-mail address changes", company: 'new_addresses' },
    ...{ expected: [EXIT.refused], endings: 'leaver' },
  },
  {
    ...{
      id: 'lms_busy',
      title: 'the LMS answers 429 a few times',
      lms: [{ kind: 'status', status: 429, retryAfter: 1 }],
    },
    ...{ times: 3, expected: [EXIT.done], endings: 'leaver' },
  },
  {
    ...{ id: 'lms_error', title: 'the LMS answers 500', lms: [{ kind: 'status', status: 500 }], times: EVERY },
    ...{ expected: [EXIT.partial, EXIT.incompleteRead], endings: 'none' },
  },
  {
    ...{ id: 'lms_timeout', title: 'the LMS does what it is asked and does not answer' },
    ...{ lms: [{ kind: 'timeout_after_commit' }], hits: 'writes', times: EVERY },
    ...{ expected: [EXIT.done, EXIT.partial], endings: 'leaver' },
  },
  {
    ...{ id: 'lms_revoked', title: 'the LMS rejects the credentials', lms: [{ kind: 'status', status: 401 }] },
    ...{ times: EVERY, expected: [EXIT.credentials, EXIT.partial], endings: 'none' },
  },
  {
    ...{ id: 'killed', title: 'the process is killed while it writes', kills: true },
    ...{ expected: [null], endings: 'leaver' },
  },
];
