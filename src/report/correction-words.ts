import type { CorrectionCause } from '../core/corrections.js';

/** A cause as HR reads it: what is wrong, and what to do. */
interface CorrectionWords {
  readonly title: string;
  readonly advice: string;
}

/** What HR reads about each cause. It names no config key and no flag, because HR knows neither. */
export const CORRECTIONS: Readonly<Record<CorrectionCause, CorrectionWords>> = {
  no_email: { title: 'No e-mail address', advice: 'Enter a work e-mail address.' },
  invalid_email: { title: 'Not an e-mail address', advice: 'Correct the address.' },
  duplicate_email: {
    title: 'Two people with one e-mail address',
    advice: 'Give each of them an address of their own.',
  },
  ends_before_start: {
    title: 'The last day lies before the first',
    advice: 'Correct the start date or the termination date.',
  },
  missing_required: { title: 'A required value is missing', advice: 'Enter the value.' },
  invalid_value: { title: 'A value cannot be used', advice: 'Correct the value.' },
  contradiction: { title: 'HR contradicts itself', advice: 'Correct the status or the dates.' },
  ambiguous_source: { title: 'One employee id, two different records', advice: 'Remove the wrong record.' },
  manager_loop: { title: 'People who report to each other in a circle', advice: 'Correct the manager of one of them.' },
  manager_left: { title: 'A manager who has left', advice: 'Give the people who remain another manager.' },
  nameless_unit: { title: 'A unit without a name', advice: 'Enter its name.' },
};
