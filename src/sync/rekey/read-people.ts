import { type Employee, referenceTo, textOf } from '../../core/employee.js';
import { employeeKey } from '../../core/employee-key.js';
import type { Mapping } from '../../core/mapping.js';
import type { ShownPerson } from '../../core/pairing.js';
import type { Source } from '../../sources/source.js';
import type { RunContext } from '../context.js';
import { pull } from '../read/pull.js';
import type { Comparison } from './compared-by.js';

/** Somebody whom HR shows now. */
export interface PersonInHr extends ShownPerson {
  /** What their account bears as its external id; null where `employees.key` is empty. */
  readonly key: string | null;
}

const NAMES = ['first_name', 'last_name', 'display_name'];

/**
 * Reads everybody in HR, held to what a night holds a read to, but for what speaks of the ids or the numbers of another HR
 * system: `min_known`, `min_employees` of another source, fields that nobody has any more.
 *
 * @throws IncompleteReadError where the read does not prove itself complete
 */
export async function readPeople(
  context: RunContext,
  { comparison, isOther }: { readonly comparison: Comparison; readonly isOther: boolean },
): Promise<readonly PersonInHr[]> {
  const { policy, options, mapping } = context;
  const people = new Map<string, PersonInHr>();
  const source = watched(context.source, {
    begin: () => people.clear(),
    see(employee) {
      const key = employeeKey(employee, mapping.key);
      people.set(employee.id, {
        employee: referenceTo(employee),
        values: comparison.shown(employee),
        names: namesIn(mapping, employee),
        key: typeof key === 'string' ? key : null,
      });
    },
  });
  const read = {
    ...policy.read,
    minKnown: { percent: 0 },
    ...(isOther && { minEmployees: { percent: 0 } }),
  };
  await pull({
    ...context,
    source,
    policy: { ...policy, read },
    options: { ...options, allow: { ...options.allow, clear: Number.POSITIVE_INFINITY } },
  });
  return [...people.values()];
}

// As HR has them, and as the mapping writes them: not every system gives each of them a field of its own.
function namesIn(mapping: Mapping, employee: Employee): readonly string[] {
  const applied = mapping.apply(employee);
  const written = 'skip' in applied ? [] : NAMES.map((name) => applied.fields[name]);
  const texts = [...NAMES.map((name) => textOf(employee, name)), ...written];
  return [...new Set(texts.filter((text) => typeof text === 'string'))];
}

/** A source that has everybody looked at on the way; the same file twice and a file of changes are reads like any other. */
function watched(source: Source, { begin, see }: { begin(): void; see(employee: Employee): void }): Source {
  return {
    type: source.type,
    title: source.title,
    identity: source.identity,
    fields: () => source.fields(),
    check: (fields) => source.check(fields),
    clockSkew: () => source.clockSkew?.() ?? null,
    async *read(fields) {
      begin();
      const pages = source.read(fields);
      let step = await pages.next();
      while (!step.done) {
        for (const record of step.value.records) if ('employee' in record) see(record.employee);
        yield step.value;
        step = await pages.next();
      }
      const { bytes: _, ...facts } = step.value;
      return facts;
    },
  };
}
