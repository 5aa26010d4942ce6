import type { User } from './user.js';

/** Users by one key, so that a batch of look-ups need not scan all users. */
export class UserIndex {
  private readonly sets = new Map<string, Set<User>>();

  constructor(private readonly keyOf: (user: User) => string) {}

  put(user: User): void {
    const key = this.keyOf(user);
    const set = this.sets.get(key) ?? new Set();
    this.sets.set(key, set.add(user));
  }

  take(user: User): void {
    const key = this.keyOf(user);
    const set = this.sets.get(key);
    set?.delete(user);
    if (set?.size === 0) this.sets.delete(key);
  }

  /** Users with this key, ordered by id. */
  find(key: string): readonly User[] {
    return [...(this.sets.get(key) ?? [])].toSorted((one, other) => one.id - other.id);
  }
}
