import type { Missing } from '../core/absence.js';
import type { Scheduled, Skip } from '../core/change.js';
import type { EmployeeReference } from '../core/employee.js';
import type { Verdict } from '../core/safety.js';
import type { ReportedChange } from './reporter.js';

/** The version of the documents; it grows when a key changes its meaning. */
export const FORMAT = 1;

// Key by key: a change carries more than is promised to anybody.
/** A change with the keys that are promised. */
export function changeOf({
  kind,
  invites,
  employee,
  account,
  privileged,
  fields,
  because,
  outcome,
  error,
}: ReportedChange): object {
  return { kind, invites, employee: personOf(employee), account, privileged, fields, because, outcome, error };
}

function personOf({ id, email, name }: EmployeeReference): EmployeeReference {
  return { id, email, name };
}

/** Something that the calendar will make due. */
export function scheduledOf({ employee, kind, on }: Scheduled): object {
  return { employee: personOf(employee), kind, on };
}

/** Somebody who is left alone. */
export function skipOf({ employee, reason, message }: Skip): object {
  return { employee: personOf(employee), reason, message };
}

/** Somebody who did not come and does not count as gone yet. */
export function missingOf({ employee, since, reads, goneOn }: Missing): object {
  return { employee: personOf(employee), since, reads, gone_on: goneOn };
}

/** What safety says of a plan. */
export function safetyOf({ verdict, limits }: Verdict): object {
  return {
    verdict,
    limits: limits.map(({ kind, field, unit, cause, planned, allowed, of }) => ({
      kind,
      ...(field !== undefined && { field }),
      ...(unit !== undefined && { unit }),
      ...(cause !== undefined && { cause }),
      planned,
      allowed,
      of,
    })),
  };
}
