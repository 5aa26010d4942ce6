import type { Snapshot } from '../../../src/core/account.js';
import type { Answer, Hr } from './hr.js';
import type { Lms } from './lms.js';
import type { Observation } from './observation.js';
import { statedDifferences } from './stated.js';

/** Since when, and from how many believable reads, somebody has been missing. */
interface Missing {
  readonly since: string;
  readonly reads: number;
  /** The same without the runs that broke off, of which nobody knows whether they counted. */
  readonly counted: number;
  /** The day of the first of those. */
  readonly countedSince: string | null;
}

/** What goes back with a state file. */
interface Kept {
  readonly missing: Map<string, Missing>;
  readonly believed: number | null;
  readonly filled: ReadonlyMap<string, number>;
}

/** What the checks remember from one night to the next; part of it goes back with a restored state file. */
export class Memory {
  missing = new Map<string, Missing>();
  /** People in the last answer that was believed. */
  believed: number | null = null;
  /** How many of them had a value in each mapped field. */
  #filled: ReadonlyMap<string, number> = new Map();
  /** Every person who was ever in HR, with the number of their hires. */
  readonly hires = new Map<string, number>();
  /** `account field`: what the state cannot know, because it was changed by hand or the state was put back. */
  readonly excused = new Set<string>();
  /** Employees whose accounts were made after the backup that was put back. */
  readonly unknown = new Set<string>();
  /** Accounts that were linked anew by what can be read of them; the manager cannot. */
  readonly unread = new Set<string>();
  restored = false;
  readonly #kept = new Map<number, Kept>();

  /** Notes a read; `brokeOff`: the run was killed or ended by an error, and may have counted it or not. */
  noteRead(today: string, hr: Hr, answer: Answer, brokeOff: boolean): void {
    for (const person of hr.people.values()) {
      this.hires.set(person.id, Math.max(person.hires, this.hires.get(person.id) ?? 0));
    }
    if (!this.isBelievable(answer)) return;
    const present = new Set(answer.people.map((person) => person.id));
    for (const id of this.hires.keys()) {
      const known = this.missing.get(id) ?? { since: today, reads: 0, counted: 0, countedSince: null };
      const sure = brokeOff ? {} : { counted: known.counted + 1, countedSince: known.countedSince ?? today };
      if (!present.has(id)) this.missing.set(id, { ...known, reads: known.reads + 1, ...sure });
      else if (!brokeOff) this.missing.delete(id);
    }
  }

  /** Whether an answer does not contradict itself, and does not lack half of the people of the last one. */
  isBelievable({ consistent, people }: Answer): boolean {
    return consistent && people.length > 0 && (this.believed === null || people.length * 2 >= this.believed);
  }

  /** Whether nobody has a mapped field now that three people or more had in the answer that was believed last. */
  lostField(answer: Answer): boolean {
    const now = filledIn(answer);
    return [...this.#filled].some(([field, before]) => before >= 3 && now.get(field) === 0);
  }

  excuse(account: string, field: string): void {
    this.excused.add(`${account} ${field}`);
  }

  isExcused(account: string, field: string): boolean {
    return this.excused.has(`${account} ${field}`);
  }

  /** What the state and the LMS agree about again needs no excuse any longer. */
  forgive({ snapshots, lms }: Pick<Observation, 'snapshots' | 'lms'>): void {
    for (const snapshot of snapshots) {
      this.unknown.delete(snapshot.employeeId);
      const different = new Set(statedDifferences(snapshot, lms));
      // What deactivation made of the fields shows once the account is open again.
      if (different.has('state')) continue;
      for (const field of ['state', ...Object.keys(snapshot.fields)]) {
        if (!different.has(field)) this.excused.delete(`${snapshot.accountId} ${field}`);
      }
    }
  }

  /** Notes how many people came with an answer that was believed. */
  believe({ finished, answer }: Pick<Observation, 'finished' | 'answer'>): void {
    if (!finished) return;
    this.believed = answer.people.length;
    this.#filled = filledIn(answer);
  }

  keep(night: number): void {
    this.#kept.set(night, { missing: new Map(this.missing), believed: this.believed, filled: this.#filled });
  }

  restore(night: number, snapshots: readonly Snapshot[], lms: Lms): void {
    const kept = this.#kept.get(night);
    this.missing = new Map(kept?.missing);
    this.believed = kept?.believed ?? null;
    this.#filled = kept?.filled ?? new Map();
    this.restored = true;
    const linked = new Set(snapshots.map((snapshot) => snapshot.employeeId));
    for (const { id, externalId } of lms.accounts.values()) {
      if (externalId === null || linked.has(externalId)) continue;
      this.unknown.add(externalId);
      this.unread.add(id);
    }
    for (const snapshot of snapshots) {
      const different = statedDifferences(snapshot, lms);
      // What became of the fields of an account that was opened or ended since, the old state cannot know either.
      const fields = different.includes('state') ? ['state', ...Object.keys(snapshot.fields)] : different;
      if (!Object.hasOwn(snapshot.fields, 'manager')) this.unread.add(snapshot.accountId);
      for (const field of fields) this.excuse(snapshot.accountId, field);
    }
  }
}

function filledIn({ people }: Answer): ReadonlyMap<string, number> {
  const fields = ['first_name', 'last_name', 'work_email', 'job_title', 'department', 'manager'] as const;
  return new Map(fields.map((field) => [field, people.filter((person) => person[field] !== null).length]));
}
