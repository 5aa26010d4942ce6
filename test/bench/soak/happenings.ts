import { addDays, type Day } from '../../../src/core/day.js';
import type { CompanyEvent, FaultOrder, Person, Sandbox } from '../../../src/sandbox/index.js';

/** Chance from a seed: the same seed, the same year. */
export type Chance = () => number;

/** A generator of numbers from 0 (inclusive) to 1 with a period long enough for a year of nights (mulberry32). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What one day brings in HR: about two people in a thousand have something happen to them. */
export class Happenings {
  #hired = 0;

  constructor(
    private readonly sandbox: Sandbox,
    private readonly chance: Chance,
  ) {}

  /** Lets a day happen. `quiet`: nobody vanishes, so that nobody is half-way to being gone when things are compared. */
  day(today: Day, quiet: boolean): number {
    const { people } = this.sandbox.company;
    const count = Math.round(people.length / 500);
    let happened = 0;
    for (let number = 0; number < count; number += 1) {
      const event = this.#event(today, quiet);
      if (event === null) continue;
      this.sandbox.hr.apply(event);
      happened += 1;
    }
    return happened;
  }

  #event(today: Day, quiet: boolean): CompanyEvent | null {
    const kind = this.chance();
    if (kind < 0.2) return this.#hire(today);
    const { id: person, ...one } = this.#somebody();
    if (kind < 0.4) return { kind: 'promote', person, to: `Level ${Math.floor(this.chance() * 900)}` };
    if (one.status === 'onboarding') {
      if (kind < 0.6) return { kind: 'move_hire_date', person, to: addDays(today, 1 + this.#upTo(40)) };
      return kind < 0.8 ? { kind: 'withdraw_hire', person, how: 'inactive' } : null;
    }
    if (one.status !== 'active') {
      return kind < 0.7 && one.terminationDate !== null && one.email !== null
        ? { kind: 'rehire', person, on: today }
        : null;
    }
    if (one.terminationDate !== null) return kind < 0.7 ? { kind: 'withdraw_termination', person } : null;
    if (kind < 0.55) return { kind: 'change_department', person, to: this.#department() };
    if (kind < 0.6) return { kind: 'change_email', person, to: `moved.${person}.${this.#upTo(1e6)}@acme.example` };
    // Whoever is given an address that the filter keeps out leaves the scope, and keeps their account and its address.
    if (kind < 0.62) return hasMailbox(one) ? this.#swap(person) : null;
    if (kind < 0.7) return { kind: 'change_manager', person, to: this.#somebody().id };
    if (kind < 0.75) return { kind: 'clear', person, field: 'officeId' };
    if (kind < 0.79) return quiet ? null : { kind: 'delete', person };
    return { kind: 'terminate', person, on: addDays(today, this.#upTo(60) - 5) };
  }

  #hire(today: Day): CompanyEvent {
    this.#hired += 1;
    const name = `Newcomer${this.#hired}`;
    const on = addDays(today, this.#upTo(30) - 3);
    const supervisor = this.#somebody().id;
    const email = `newcomer.${this.#hired}@acme.example`;
    return { kind: 'hire', firstName: name, lastName: 'Soak', email, on, department: this.#department(), supervisor };
  }

  #swap(person: number): CompanyEvent | null {
    const other = this.#somebody();
    if (other.id === person || other.status !== 'active' || !hasMailbox(other)) return null;
    return { kind: 'swap_emails', person, with: other.id };
  }

  #department(): string {
    const { departments } = this.sandbox.company;
    return departments[this.#upTo(departments.length)]?.name ?? 'Research';
  }

  #somebody(): Person {
    const { people } = this.sandbox.company;
    const one = people[this.#upTo(people.length)];
    if (one === undefined) throw new Error('the company is empty');
    return one;
  }

  #upTo(limit: number): number {
    return Math.floor(this.chance() * limit);
  }
}

function hasMailbox({ email }: Pick<Person, 'email'>): boolean {
  return email !== null && !email.includes('-personio-login@');
}

const HR_FAULTS: readonly FaultOrder['fault'][] = [
  { kind: 'short_page' },
  { kind: 'repeated_page' },
  { kind: 'shrinking_total' },
  { kind: 'empty_list' },
  { kind: 'short_list', keep: 0.6 },
  { kind: 'html' },
  { kind: 'truncated_json' },
  { kind: 'reset_before_commit' },
  { kind: 'revoke_tokens' },
  { kind: 'status', status: 502 },
  { kind: 'lost_attribute', attributes: ['position'] },
];

const LMS_FAULTS: readonly FaultOrder['fault'][] = [
  { kind: 'error_after_commit', status: 502 },
  { kind: 'reset_after_commit' },
  { kind: 'reset_before_commit' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfter: 1 },
  { kind: 'html' },
  { kind: 'empty_body' },
  { kind: 'truncated_json' },
  { kind: 'revoke_tokens' },
];

/** Sets what goes wrong in one night: on about one night in three, on either side or both. */
export function setFaults({ personio, learnamp }: Sandbox, chance: Chance): number {
  let set = 0;
  const pick = (faults: readonly FaultOrder['fault'][]) => faults[Math.floor(chance() * faults.length)];
  const page = pick(HR_FAULTS);
  if (chance() < 0.2 && page !== undefined) {
    personio.faults.add({
      match: { route: 'employees' },
      from: 1 + Math.floor(chance() * 50),
      times: null,
      fault: page,
    });
    set += 1;
  }
  for (let number = 0; number < 2; number += 1) {
    const fault = pick(LMS_FAULTS);
    if (chance() > 0.15 || fault === undefined) continue;
    learnamp.faults.add({ from: 1 + Math.floor(chance() * 60), times: 1 + Math.floor(chance() * 2), fault });
    set += 1;
  }
  return set;
}
