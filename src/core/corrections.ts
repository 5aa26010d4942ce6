import type { Skip } from './change.js';
import { type EmployeeReference, HR_FIELDS } from './employee.js';
import { type ManagedPerson, managerFaults } from './manager-faults.js';
import type { NamelessUnits } from './nameless.js';

/** What HR can correct of what skips a person, in the order in which reports list it. */
export const SKIP_CAUSES = [
  'no_email',
  'invalid_email',
  'duplicate_email',
  'ends_before_start',
  'missing_required',
  'invalid_value',
  'contradiction',
  'ambiguous_source',
] as const;

/** Everything that HR can correct, in the same order. */
export const CORRECTION_CAUSES = [...SKIP_CAUSES, 'manager_loop', 'manager_left', 'nameless_unit'] as const;
export type CorrectionCause = (typeof CORRECTION_CAUSES)[number];

/** One thing that is wrong in the HR system. */
export interface Correction {
  readonly cause: CorrectionCause;
  /** Whose record it is; null where it is nobody's in particular. */
  readonly employee: EmployeeReference | null;
  /** What is wrong, in plain words: no key of a config, no flag. */
  readonly detail: string;
  /** The same for the same trouble of the same record, whatever the detail says today. */
  readonly key: string;
}

const ENDS_BEFORE_START = /^termination_date \S+ lies before start_date /;

/** Tells the reasons for a skip as HR would tell them apart. */
export function skipCause({ reason, message }: Pick<Skip, 'reason' | 'message'>): Skip['reason'] | 'ends_before_start' {
  return reason === 'invalid_value' && ENDS_BEFORE_START.test(message) ? 'ends_before_start' : reason;
}

/** What corrections are found in. */
export interface CorrectionFacts {
  readonly skips: readonly Skip[];
  readonly people: readonly ManagedPerson[];
  readonly nameless: readonly NamelessUnits[];
}

/** Everything that HR should correct, by cause. */
export function correctionsFrom({ skips, people, nameless }: CorrectionFacts): readonly Correction[] {
  const found = [
    ...skips.flatMap(correctionOfSkip),
    ...managerFaults(people).map(({ cause, employee, detail }) => correction(cause, employee, detail, employee.id)),
    ...nameless.map((units) => correction('nameless_unit', null, sayUnits(units), units.field)),
  ];
  const place = new Map<CorrectionCause, number>(CORRECTION_CAUSES.map((cause, index) => [cause, index]));
  return found.toSorted((a, b) => (place.get(a.cause) ?? 0) - (place.get(b.cause) ?? 0));
}

// What the filter, the mapping or the LMS causes is for others to settle.
function correctionOfSkip(skip: Skip): readonly Correction[] {
  const cause = CORRECTION_CAUSES.find((one) => one === skipCause(skip));
  if (cause === undefined) return [];
  const { employee, message } = skip;
  // Records without a readable id share one; their trouble tells them apart.
  const whose = employee.id === '?' ? `? ${employee.name ?? message}` : employee.id;
  return [correction(cause, employee, inPlainWords(message), whose)];
}

function correction(
  cause: CorrectionCause,
  employee: EmployeeReference | null,
  detail: string,
  whose: string,
): Correction {
  return { cause, employee, detail, key: `${cause} ${whose}` };
}

function sayUnits({ field, people }: NamelessUnits): string {
  const name = field.replaceAll('_', ' ');
  return people === 1 ? `the ${name} of 1 person has no name` : `the ${name} of ${people} people has no name`;
}

const FIELD = new RegExp(`\\b(${HR_FIELDS.filter((field) => field.includes('_')).join('|')})\\b`, 'g');

/** A skip's message without what only operators know: field keys become words, and what becomes of the account is left out. */
function inPlainWords(message: string): string {
  return message
    .replace(/;? an account is left as it is$/, '')
    .replaceAll('custom_fields.', '')
    .replace(FIELD, (field) => field.replaceAll('_', ' '))
    .replace(/, and \w+ is required$/, '');
}
