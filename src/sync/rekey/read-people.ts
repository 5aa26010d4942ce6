import { type Employee, referenceTo, textOf } from '../../core/employee.js';
import { employeeKey } from '../../core/employee-key.js';
import type { Mapping } from '../../core/mapping.js';
import type { ShownPerson } from '../../core/pairing.js';
import type { RunContext } from '../context.js';
import { pull } from '../read/pull.js';
import { watched } from '../read/watched.js';
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
    see(record) {
      if (!('employee' in record)) return;
      const { employee } = record;
      const key = employeeKey(employee, mapping.key);
      people.set(employee.id, {
        employee: referenceTo(employee),
        values: comparison.shown(employee),
        names: namesIn(mapping, employee),
        key: typeof key === 'string' ? key : null,
      });
    },
    // The same file twice is a read like any other.
    facts: ({ bytes: _, ...facts }) => facts,
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
