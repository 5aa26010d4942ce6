import type { Employee } from '../../../core/employee.js';
import type { LostField } from '../../../core/read.js';
import { isEmpty } from '../../../core/value.js';
import type { ReadFacts } from '../../../sources/source.js';
import type { Store } from '../../../store/store.js';

/** Counts how many people have a value in each mapped HR field, people whom HR says to be deleted apart. */
export class FilledFields {
  readonly #counts: Map<string, number>;

  constructor(fields: readonly string[]) {
    this.#counts = new Map(fields.map((field) => [field, 0]));
  }

  // A value that cannot be read is there all the same.
  count({ fields, unreadable }: Employee): void {
    if (fields['status'] === 'deleted') return;
    for (const [field, count] of this.#counts) {
      if (!isEmpty(fields[field]) || (unreadable !== undefined && Object.hasOwn(unreadable, field))) {
        this.#counts.set(field, count + 1);
      }
    }
  }

  /** What the next complete read is held against: the fields that stood on somebody. */
  remembered({ presentFields, absentFields = [] }: ReadFacts): Readonly<Record<string, number>> {
    const stood = [...this.#counts].filter(([field]) => presentFields.has(field) && !absentFields.includes(field));
    return Object.fromEntries(stood);
  }

  /** The fields that nobody has now and somebody had at the last complete read. */
  async lost(store: Pick<Store, 'readMarks'>, { absentFields = [] }: ReadFacts): Promise<readonly LostField[]> {
    const { filledFields } = await store.readMarks();
    return [...this.#counts].flatMap(([field, now]) => {
      const before = filledFields?.[field] ?? 0;
      return now > 0 || before === 0 ? [] : [{ field, before, isGone: absentFields.includes(field) }];
    });
  }
}
