import type { Day } from '../../core/day.js';
import type { Company, Person } from '../company/company.js';
import { plusDays } from '../company/days.js';

/** One record as Kombo copied it; those that HR no longer has stay. */
export interface Copied {
  readonly person: Person;
  /** When Kombo found it gone: instant and company day. */
  readonly gone: { readonly at: string; readonly on: Day } | null;
}

/** Kombo's copy of the people of a company, brought up to date at every look. */
export class Mirror {
  private readonly gone = new Map<number, NonNullable<Copied['gone']>>();
  private readonly people = new Map<number, Person>();

  constructor(
    private readonly company: Company,
    private readonly now: () => Date,
  ) {}

  look(): readonly Copied[] {
    const present = new Set(this.company.people.map(({ id }) => id));
    for (const person of this.company.people) this.people.set(person.id, person);
    for (const id of this.people.keys()) {
      if (present.has(id)) this.gone.delete(id);
      else if (!this.gone.has(id)) this.gone.set(id, { at: this.now().toISOString(), on: this.company.today });
    }
    // Whom HR lists twice is copied twice.
    const twice = this.company.people.filter((person) => this.people.get(person.id) !== person);
    return [...twice, ...this.people.values()]
      .toSorted((one, other) => one.id - other.id)
      .map((person) => ({ person, gone: this.gone.get(person.id) ?? null }));
  }

  /** Whether a record that is gone has been emptied by now. */
  isEmptied({ gone }: Copied, afterDays: number): boolean {
    return gone !== null && plusDays(gone.on, afterDays) <= this.company.today;
  }
}
