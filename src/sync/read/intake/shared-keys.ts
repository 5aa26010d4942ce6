import { EXTERNAL_ID } from '../../../core/account.js';
import { emailKey } from '../../../core/email.js';
import { ID_KEY } from '../../../core/employee-key.js';
import { loginName } from '../../../core/login-name.js';
import type { Standing } from '../../../core/standing.js';

/** Under which a user name stands among the keys. */
export function userNameKey(name: string): string {
  return `user name\n${emailKey(name)}`;
}

/**
 * Notes who bears which employee key, where that is not the employee id: only then may HR give one to two people. Likewise
 * who would get which user name, whatever its capitals: an LMS takes each once.
 */
export class SharedKeys {
  readonly #bearers = new Map<string, string>();
  readonly #sharers = new Map<string, string[]>();

  constructor(private readonly key: string) {}

  /** Notes the key of somebody who should have an account. */
  note(employeeId: string, standing: Standing): void {
    if (standing.kind !== 'wanted') return;
    const key = standing.fields[EXTERNAL_ID];
    const name = loginName(standing.fields);
    if (name !== null) this.#add(userNameKey(name), employeeId);
    if (this.key !== ID_KEY && typeof key === 'string') this.#add(key, employeeId);
  }

  #add(key: string, employeeId: string): void {
    const first = this.#bearers.get(key);
    if (first === undefined) this.#bearers.set(key, employeeId);
    else this.#sharers.set(key, [...(this.#sharers.get(key) ?? [first]), employeeId]);
  }

  /** Every key, and every user name, that several people bear, with their employee ids. */
  get found(): ReadonlyMap<string, readonly string[]> {
    return this.#sharers;
  }
}
