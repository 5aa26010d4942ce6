import { count } from '../../../core/count.js';
import type { Day } from '../../../core/day.js';
import { type Employee, textOf } from '../../../core/employee.js';
import { todayFor, unlistedPlace } from '../../../core/local-day.js';
import { type Condition, conditionsIn, textsOf } from '../../../core/scope.js';
import type { SourcePage } from '../../../sources/source.js';
import type { SnapshotKey } from '../../../store/store.js';
import type { RunContext } from '../../context.js';

/** What a read says of HR as a whole, for the limits and their causes. */
export interface NotedFacts {
  /** Which values of `in` lists of the filter somebody has, as `field` and value with a line break between. */
  readonly filterValues: ReadonlySet<string>;
  /** The units (`safety.per`): how many active accounts each holds, and whose is another than remembered (null: none). */
  readonly units: {
    readonly counts: ReadonlyMap<string, number>;
    readonly changed: ReadonlyMap<string, string | null>;
  };
}

/** How many places without a zone are told one by one. */
const MOST_PLACES = 20;

/** Notes while a read goes by which values of the filter occur, and who belongs to which unit. */
export class Noted {
  readonly #filterValues = new Set<string>();
  readonly #counts = new Map<string, number>();
  readonly #changed = new Map<string, string | null>();

  /** Values of `timezone_from` that `timezones` does not list, with how many people have them. */
  readonly #unlisted = new Map<string, number>();
  readonly #conditions: readonly Condition[];

  constructor(private readonly context: Pick<RunContext, 'policy' | 'store'>) {
    this.#conditions = conditionsIn(context.policy.scope.filter);
  }

  look(employee: Employee): void {
    this.#filterValue(employee);
    const place = unlistedPlace(employee, this.context.policy.localDays);
    if (place !== null) this.#unlisted.set(place, (this.#unlisted.get(place) ?? 0) + 1);
  }

  /** The day that it is for somebody, where the config knows of more zones than one. */
  localDay(employee: Employee): { readonly today?: Day } {
    const { policy } = this.context;
    return policy.localDays === null ? {} : { today: todayFor(employee, policy) };
  }

  #filterValue(employee: Employee): void {
    for (const { field, in: listed } of this.#conditions) {
      if (listed === undefined) continue;
      for (const text of textsOf(employee.fields[field]))
        if (listed.includes(text)) this.#filterValues.add(`${field}\n${text}`);
    }
  }

  /** Only what is new is kept, so that a night on which nobody moves costs no memory. */
  async units(page: SourcePage, keys: ReadonlyMap<string, SnapshotKey>): Promise<void> {
    const { per } = this.context.policy.safety;
    if (per === null) return;
    const employees = page.records.flatMap((record) => ('employee' in record ? record.employee : []));
    const known = await this.context.store.unitsOf(employees.map(({ id }) => id));
    for (const employee of employees) {
      if (employee.fields[per] === undefined) continue;
      const unit = textOf(employee, per);
      if (unit !== null && keys.get(employee.id)?.state === 'active')
        this.#counts.set(unit, (this.#counts.get(unit) ?? 0) + 1);
      if (unit !== (known.get(employee.id) ?? null)) this.#changed.set(employee.id, unit);
    }
  }

  /** Places of which no zone is known, as a sentence. */
  unlistedPlaces(): readonly string[] {
    const { localDays } = this.context.policy;
    if (localDays === null || this.#unlisted.size === 0) return [];
    const told = [...this.#unlisted].slice(0, MOST_PLACES).map(([place, people]) => {
      return `"${place.slice(0, 60)}" (${count(people, 'person', 'people')})`;
    });
    const rest = this.#unlisted.size - told.length;
    const all = rest > 0 ? `${told.join(', ')} and ${rest} more` : told.join(', ');
    return [`timezones lists no zone for ${localDays.from} ${all}: the connector's timezone counts there`];
  }

  result(): NotedFacts {
    return { filterValues: this.#filterValues, units: { counts: this.#counts, changed: this.#changed } };
  }
}
