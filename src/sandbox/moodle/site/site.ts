import { createHash } from 'node:crypto';
import type { Category, Cohort } from './cohort.js';
import { PROFILE_FIELDS, type ProfileField } from './profile-field.js';
import { blankUser, type Mail, type User, type UserData } from './user.js';
import { UserIndex } from './user-index.js';

/** A user who exists from the start and is not an employee; `isAdmin` makes a site administrator. */
export type SiteStaff = Pick<UserData, 'username' | 'email' | 'firstname' | 'lastname'> & {
  readonly isAdmin?: boolean;
};

/** A reset link: when it was first asked for (ms since 1970), and how many mails were asked for since. */
interface ResetRequest {
  readonly at: number;
  readonly asked: number;
}

/** Ids of the users of a new site. */
export const GUEST = 1;
const FIRST_ADMIN = 2;
/** Id of the user that the sandbox's token belongs to. */
export const SERVICE_USER = 3;

/** One Moodle site in memory: its users, cohorts, custom profile fields and the mails it sent. */
export class Site {
  readonly users = new Map<number, User>();
  readonly cohorts = new Map<number, Cohort>();
  readonly categories = new Map<number, Category>();
  readonly admins = new Set([FIRST_ADMIN]);
  readonly mails: Mail[] = [];
  readonly resets = new Map<number, ResetRequest>();
  fields: ProfileField[] = [...PROFILE_FIELDS];
  private nextUser = 1;
  private nextCohort = 1;
  private readonly byUsername = new UserIndex(({ username }) => username);
  private readonly byEmail = new UserIndex(({ email }) => email.toLowerCase());
  private readonly byIdnumber = new UserIndex(({ idnumber }) => idnumber);

  /** @param staff users besides the guest, the first administrator and the service user, which always exist */
  constructor(
    private readonly now: () => Date,
    staff: readonly SiteStaff[] = [],
  ) {
    this.add({ username: 'guest', firstname: 'Guest user', lastname: ' ', email: 'root@localhost' });
    // By default an administrator's address is visible to everyone.
    this.add({ ...named('admin', 'Admin'), maildisplay: 1 });
    this.add(named('hrsync', 'Service'));
    for (const { isAdmin = false, ...data } of staff) {
      const { id } = this.add(data);
      if (isAdmin) this.admins.add(id);
    }
  }

  /** All users ordered by id, deleted ones included. */
  list(): readonly User[] {
    return [...this.users.values()];
  }

  findByUsername(username: string): User | null {
    return this.byUsername.find(username)[0] ?? null;
  }

  /** Users with this address in any spelling of upper and lower case. */
  findByEmail(email: string): readonly User[] {
    return this.byEmail.find(email.toLowerCase());
  }

  findByIdnumber(idnumber: string): readonly User[] {
    return this.byIdnumber.find(idnumber);
  }

  /** Adds a user without any check or mail. */
  add(data: Partial<User>): User {
    const at = this.seconds();
    const user = { ...blankUser, timecreated: at, timemodified: at, ...data, id: this.nextUser };
    this.nextUser += 1;
    this.users.set(user.id, user);
    for (const index of this.#indexes()) index.put(user);
    return user;
  }

  /** Changes a user without any check. A suspension ends the user's sessions. */
  change(user: User, changes: Partial<User>): User {
    for (const index of this.#indexes()) index.take(user);
    const sessions = changes.suspended === true ? { sessions: 0 } : {};
    Object.assign(user, changes, { timemodified: this.seconds(), ...sessions });
    for (const index of this.#indexes()) index.put(user);
    return user;
  }

  /** Deletes a user: the row stays, with another username and address. */
  remove(user: User): void {
    const username = `${user.email.toLowerCase()}.${this.seconds()}`.replace(/[^a-z0-9.@_-]/g, '');
    const email = createHash('md5').update(user.username).digest('hex');
    this.change(user, { deleted: true, username, email, idnumber: '', custom: {}, sessions: 0 });
    for (const { members } of this.cohorts.values()) members.delete(user.id);
  }

  mail(user: Pick<User, 'email' | 'username' | 'lang'>, kind: Mail['kind']): void {
    const { email: to, username, lang } = user;
    this.mails.push({ to, kind, username, lang, at: this.now().toISOString() });
  }

  addCohort(data: Partial<Omit<Cohort, 'id' | 'members'>>): Cohort {
    const blank = { name: '', idnumber: '', description: '', visible: true, categoryId: null, component: '' };
    const cohort = { ...blank, ...data, id: this.nextCohort, members: new Set<number>() };
    this.nextCohort += 1;
    this.cohorts.set(cohort.id, cohort);
    return cohort;
  }

  findCohort(idnumber: string): Cohort | null {
    return [...this.cohorts.values()].find((cohort) => cohort.idnumber === idnumber) ?? null;
  }

  /** The current time in unix seconds. */
  seconds(): number {
    return Math.floor(this.now().getTime() / 1000);
  }

  /** A copy of the whole site; later changes do not affect it. */
  save(): object {
    const { users, cohorts, categories, admins, mails, resets, fields, nextUser, nextCohort } = this;
    return structuredClone({ users, cohorts, categories, admins, mails, resets, fields, nextUser, nextCohort });
  }

  /** Returns to a saved copy. */
  restore(saved: ReturnType<Site['save']>): void {
    for (const user of this.users.values()) for (const index of this.#indexes()) index.take(user);
    Object.assign(this, structuredClone(saved));
    for (const user of this.users.values()) for (const index of this.#indexes()) index.put(user);
  }

  #indexes(): readonly UserIndex[] {
    return [this.byUsername, this.byEmail, this.byIdnumber];
  }
}

function named(username: string, firstname: string): Pick<UserData, 'username' | 'firstname' | 'lastname' | 'email'> {
  return { username, firstname, lastname: 'User', email: `${username}@moodle.example` };
}
