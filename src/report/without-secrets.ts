import type { EmployeeReference } from '../core/employee.js';
import type { Value } from '../core/value.js';
import type { NamesOf } from './managers.js';
import type { Redact } from './output.js';
import type { ReportedChange, RunResult } from './reporter.js';

/** The same result without secrets in anything that came from outside; the lists are still read anew at each call. */
export function withoutSecrets(result: RunResult, redact: Redact): RunResult {
  const person = ({ id, email, name }: EmployeeReference): EmployeeReference => ({
    id: redact(id),
    email: email && redact(email),
    name: name && redact(name),
  });
  const { heldBack } = result;
  async function* clean(changes: AsyncIterable<ReportedChange>): AsyncGenerator<ReportedChange> {
    for await (const change of changes) yield { ...redactChange(change, redact), employee: person(change.employee) };
  }
  return {
    ...result,
    notices: result.notices.map(redact),
    missing: result.missing.map((one) => ({ ...one, employee: person(one.employee) })),
    ...(result.namesOf !== undefined && { namesOf: redactNames(result.namesOf, redact) }),
    changes: () => clean(result.changes()),
    ...(heldBack !== undefined && { heldBack: { ...heldBack, changes: () => clean(heldBack.changes()) } }),
    async *scheduled() {
      for await (const entry of result.scheduled()) yield { ...entry, employee: person(entry.employee) };
    },
    async *skipped() {
      for await (const skip of result.skipped())
        yield { ...skip, employee: person(skip.employee), message: redact(skip.message) };
    },
  };
}

function redactNames(namesOf: NamesOf, redact: Redact): NamesOf {
  return async (ids) => new Map([...(await namesOf(ids))].map(([id, name]) => [id, redact(name)]));
}

function redactChange(change: ReportedChange, redact: Redact): ReportedChange {
  const { account, because, error, department, fields } = change;
  const moved = Object.entries(fields).map(
    ([field, { before, after }]) =>
      [field, { before: redactValue(before, redact), after: redactValue(after, redact) }] as const,
  );
  return {
    ...change,
    account: account && redact(account),
    because: redact(because),
    error: error && redact(error),
    department: department ? redact(department) : null,
    fields: Object.fromEntries(moved),
  };
}

function redactValue(value: Value, redact: Redact): Value {
  if (typeof value === 'string') return redact(value);
  return typeof value === 'object' && value !== null ? value.map(redact) : value;
}
