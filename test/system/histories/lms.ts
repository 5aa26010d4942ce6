import { emailKey } from '../../../src/core/email.js';
import type { Value } from '../../../src/core/value.js';
import { RejectedError } from '../../../src/targets/kit/rejected.js';

/** One account of the reference LMS. `badge` stands for everything that no mapping names. */
export interface LmsAccount {
  readonly id: string;
  externalId: string | null;
  email: string;
  state: 'active' | 'deactivated';
  /** Id of the manager's account. */
  manager: string | null;
  fields: Record<string, Value>;
  readonly badge: string;
  /** Who uses it, by the employee id of their first hire; null: nobody in HR. */
  readonly user: string | null;
  role: 'learner' | 'admin' | 'owner';
}

/** Something that really happened in the LMS. */
export interface Effect {
  readonly kind: 'create' | 'update' | 'deactivate' | 'reactivate' | 'mail';
  readonly account: string;
  readonly externalId: string | null;
  readonly day: string;
  /** Whether it changed anything: deactivating a deactivated account does not. */
  readonly moved: boolean;
  /** Of a create: whether a mail was asked for. */
  readonly invites: boolean;
}

/** The person behind an employee id: whoever is rehired under a new id is the same. */
export function userOf(employeeId: string): string {
  return employeeId.replace(/r+$/, '');
}

/** What a write brings: our field names, the manager's account apart. */
export interface Writing {
  readonly fields: Readonly<Record<string, Value>>;
  readonly manager: string | null | undefined;
}

/**
 * The reference model of an LMS: addresses are unique, an account that is deactivated keeps its address and loses its
 * team and its manager, and every effect is written down.
 */
export class Lms {
  readonly accounts = new Map<string, LmsAccount>();
  readonly effects: Effect[] = [];
  /** Every employee id that an account has ever borne. */
  readonly names = new Map<string, Set<string>>();
  day = '';
  /** Whether answers about single accounts show the names that they bear. */
  showsNames = false;
  #last = 100;

  add(account: Omit<LmsAccount, 'id' | 'badge' | 'user' | 'role'> & Partial<LmsAccount>): LmsAccount {
    this.#last += 1;
    const id = String(this.#last);
    const made: LmsAccount = { user: null, role: 'learner', ...account, id, badge: `badge ${id}` };
    this.accounts.set(made.id, made);
    this.#name(made);
    return made;
  }

  create(writing: Writing, invites: boolean): string {
    this.#refuseTaken(null, writing.fields['email']);
    const user = userOf(String(writing.fields['external_id']));
    const made = this.add({ externalId: null, email: '', state: 'active', manager: null, fields: {}, user });
    this.#write(made, writing);
    this.#note('create', made, true, invites);
    if (invites) this.#note('mail', made, true, false);
    return made.id;
  }

  update(id: string, writing: Writing): void {
    const account = this.#known(id);
    this.#refuseTaken(id, writing.fields['email']);
    this.#write(account, writing);
    this.#note('update', account, true, false);
  }

  deactivate(id: string): void {
    const account = this.#known(id);
    this.#note('deactivate', account, account.state === 'active', false);
    account.state = 'deactivated';
    account.manager = null;
    account.fields['primary_team'] = null;
  }

  reopen(id: string): void {
    const account = this.#known(id);
    account.state = 'active';
    this.#note('reactivate', account, true, false);
  }

  withExternalId(externalId: string): LmsAccount[] {
    return [...this.accounts.values()].filter((account) => account.externalId === externalId);
  }

  withEmail(email: string): LmsAccount[] {
    return [...this.accounts.values()].filter((account) => emailKey(account.email) === emailKey(email));
  }

  /** A copy of all accounts by id. */
  picture(): Map<string, LmsAccount> {
    return structuredClone(this.accounts);
  }

  #write(account: LmsAccount, { fields, manager }: Writing): void {
    const { email, external_id, ...rest } = fields;
    if (typeof email === 'string') account.email = email;
    if (typeof external_id === 'string') account.externalId = external_id;
    Object.assign(account.fields, rest);
    if (manager !== undefined) account.manager = manager;
    this.#name(account);
  }

  #name(account: LmsAccount): void {
    const names = this.names.get(account.id) ?? new Set();
    if (account.externalId !== null) names.add(account.externalId);
    this.names.set(account.id, names);
  }

  #known(id: string): LmsAccount {
    const account = this.accounts.get(id);
    if (account === undefined) throw new RejectedError('unknown_account', `no account ${id}`);
    return account;
  }

  #refuseTaken(own: string | null, email: Value | undefined): void {
    if (typeof email !== 'string') return;
    const other = this.withEmail(email).find((account) => account.id !== own);
    if (other !== undefined) throw new RejectedError('email_taken', `account ${other.id} has this address`);
  }

  #note(kind: Effect['kind'], { id, externalId }: LmsAccount, moved: boolean, invites: boolean): void {
    this.effects.push({ kind, account: id, externalId, day: this.day, moved, invites });
  }
}
