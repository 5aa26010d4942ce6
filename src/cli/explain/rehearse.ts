import type { Scheduled, Skip } from '../../core/change.js';
import { type Employee, type EmployeeReference, isAmong, referenceTo } from '../../core/employee.js';
import { UnknownPersonError } from '../../errors.js';
import type { ReportedChange } from '../../report/reporter.js';
import type { SourceRecord } from '../../sources/source.js';
import type { RunContext } from '../../sync/context.js';
import { watched } from '../../sync/read/watched.js';
import { runImport } from '../../sync/run.js';
import { importOf } from '../../sync/run-kind.js';
import { onlyOne } from '../find-person.js';
import { onlyNotes } from '../only-notes.js';

/** What a dry run for one person comes to, with the record that HR shows of them. */
export interface Rehearsed {
  readonly person: EmployeeReference;
  /** Null when the record could not be understood; then a skip says why. */
  readonly employee: Employee | null;
  readonly changes: readonly ReportedChange[];
  readonly skips: readonly Skip[];
  readonly scheduled: readonly Scheduled[];
  /** Whether safety would refuse to carry the changes out. */
  readonly refused: boolean;
}

/** Makes a dry run for one person, so that what is explained is what a run does; null when HR does not show them. */
export async function rehearse(context: RunContext, person: string): Promise<Rehearsed | null> {
  const employees = new Map<string, Employee | null>();
  const people = new Map<string, EmployeeReference>();
  const source = watched(context.source, {
    see(record) {
      const reference = personIn(record);
      if (!isAmong(reference, [person])) return;
      people.set(reference.id, reference);
      employees.set(reference.id, 'employee' in record ? record.employee : null);
    },
  });
  const options = { ...context.options, kind: importOf([person]), dryRun: true };
  try {
    const result = await runImport({ ...context, options, source, reporter: onlyNotes(context.reporter) });
    const found = onlyOne([...people.values()], person);
    if (found === null) return null;
    const changes: ReportedChange[] = [];
    const skips: Skip[] = [];
    const scheduled: Scheduled[] = [];
    const isTheirs = ({ employee }: { readonly employee: EmployeeReference }) => employee.id === found.id;
    for await (const change of result.changes()) if (isTheirs(change)) changes.push(change);
    // What the config holds back is told as what it is: a change that waits for a switch.
    for await (const change of result.heldBack?.changes() ?? []) if (isTheirs(change)) changes.push(change);
    for await (const skip of result.skipped()) if (isTheirs(skip)) skips.push(skip);
    for await (const one of result.scheduled()) if (isTheirs(one)) scheduled.push(one);
    const refused = result.safety.verdict === 'refused';
    return { person: found, employee: employees.get(found.id) ?? null, changes, skips, scheduled, refused };
  } catch (error) {
    if (error instanceof UnknownPersonError) return null;
    throw error;
  }
}

function personIn(record: SourceRecord): EmployeeReference {
  if ('employee' in record) return referenceTo(record.employee);
  const { id, email = null, name } = record.unreadable;
  return { id: id ?? '?', email, name };
}
