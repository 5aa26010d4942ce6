import type { Skip } from '../../../core/change.js';
import { referenceTo } from '../../../core/employee.js';
import type { Repeats } from '../../../core/read.js';
import { sameValue, type Value } from '../../../core/value.js';
import type { SourceRecord } from '../../../sources/source.js';

/** What a read shows of people who come more than once. */
export class RepeatedPeople {
  readonly #acrossPages = new Set<string>();
  /** Records of people who came on several pages in the read before. */
  readonly #withheld = new Map<string, SourceRecord[]>();
  #onOnePage = 0;
  #atTheSeam = false;

  /** @param before who came on several pages in the read before this one; null where this is the first try */
  constructor(private readonly before: ReadonlySet<string> | null) {}

  get facts(): Repeats {
    const { before } = this;
    return { onOnePage: this.#onOnePage, acrossPages: this.#acrossPages, atTheSeam: this.#atTheSeam, before };
  }

  /** Notes the records of one person on one page. `isNew`: on no page before; `place`: of the first of them. */
  note(records: readonly SourceRecord[], isNew: boolean, place: number): void {
    const [first] = records;
    const id = first === undefined ? null : idOf(first);
    this.#onOnePage += records.length - 1;
    if (isNew || id === null) return;
    this.#acrossPages.add(id);
    if (place === 0) this.#atTheSeam = true;
  }

  /** Takes the records of somebody whose others may come on later pages; false for everybody else. */
  withhold(id: string | null, records: readonly SourceRecord[]): boolean {
    if (id === null || !this.before?.has(id)) return false;
    this.#withheld.set(id, [...(this.#withheld.get(id) ?? []), ...records]);
    return true;
  }

  /** Gives back what was withheld, by person. */
  release(): ReadonlyMap<string, readonly SourceRecord[]> {
    const released = new Map(this.#withheld);
    this.#withheld.clear();
    return released;
  }
}

/** The records of a page, those of one person together, in the order in which they came. */
export function byPerson(records: readonly SourceRecord[]): readonly (readonly SourceRecord[])[] {
  const groups: SourceRecord[][] = [];
  const groupOf = new Map<string, SourceRecord[]>();
  for (const record of records) {
    const id = idOf(record);
    const group = id === null ? undefined : groupOf.get(id);
    if (group !== undefined) group.push(record);
    else {
      const fresh = [record];
      groups.push(fresh);
      if (id !== null) groupOf.set(id, fresh);
    }
  }
  return groups;
}

/** The id of whomever a record is about, or null where it has none that can be read. */
export function idOf(record: SourceRecord): string | null {
  return 'employee' in record ? record.employee.id : record.unreadable.id;
}

/** Why a person cannot be synced whom HR lists several times with different records; null where all of them say the same. */
export function ambiguityOf([first, ...others]: readonly SourceRecord[]): Skip | null {
  if (first === undefined) return null;
  const differing = [...new Set(others.flatMap((other) => differences(first, other)))];
  if (differing.length === 0) return null;
  const employee =
    'employee' in first
      ? referenceTo(first.employee)
      : { id: first.unreadable.id ?? '?', email: null, name: first.unreadable.name };
  const times = others.length === 1 ? 'twice' : `${others.length + 1} times`;
  const message = `HR lists #${employee.id} ${times}, with different records: ${differing.join('; ')}. Delete one of them in HR; an account is left as it is`;
  return { employee, reason: 'ambiguous_source', message };
}

function differences(one: SourceRecord, other: SourceRecord): readonly string[] {
  if ('unreadable' in one || 'unreadable' in other) {
    const problem = (record: SourceRecord) => ('unreadable' in record ? record.unreadable.problem : null);
    return problem(one) === problem(other) ? [] : ['one of them cannot be read'];
  }
  const [left, right] = [one.employee, other.employee];
  const names = new Set([
    ...Object.keys(left.fields),
    ...Object.keys(right.fields),
    ...Object.keys(left.unreadable ?? {}),
    ...Object.keys(right.unreadable ?? {}),
  ]);
  return [...names]
    .filter((name) => {
      const isSame = sameValue(left.fields[name], right.fields[name]);
      return !isSame || left.unreadable?.[name] !== right.unreadable?.[name];
    })
    .map((name) => `${name} is ${shown(left.fields[name])} and ${shown(right.fields[name])}`);
}

function shown(value: Value | undefined): string {
  if (value === undefined) return 'not readable';
  if (value === null) return 'empty';
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}
