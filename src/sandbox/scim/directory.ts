import { type Group, isInactive, type Mail, mainEmail, recordsIn, textIn, type User, type Values } from './resource.js';
import type { ScimSettings } from './settings.js';

const STAFF: readonly Values[] = [
  {
    userName: 'admin@acme.example',
    name: { givenName: 'Ada', familyName: 'Admin' },
    emails: [{ value: 'admin@acme.example', type: 'work', primary: true }],
    userType: 'Administrator',
    roles: [{ value: 'admin', primary: true }],
    active: true,
  },
];

/** Everything that a portal holds, as plain data. */
interface Contents {
  users: Map<string, User>;
  groups: Map<string, Group>;
  mails: Mail[];
  next: number;
}

/** One SCIM portal in memory: its users, its groups and the mails that it sent. */
export class Directory {
  private contents: Contents = { users: new Map(), groups: new Map(), mails: [], next: 1 };
  /** The groups of each user; null where it has to be made anew. */
  private memberships: ReadonlyMap<unknown, readonly Group[]> | null = null;

  /** @param staff values of users from the start who are nobody's in HR */
  constructor(
    private readonly now: () => Date,
    staff: readonly Values[] = STAFF,
  ) {
    for (const values of staff) this.addUser(values);
  }

  get users(): ReadonlyMap<string, User> {
    return this.contents.users;
  }
  get groups(): ReadonlyMap<string, Group> {
    return this.contents.groups;
  }
  get mails(): readonly Mail[] {
    return this.contents.mails;
  }

  /** Adds a user as an administrator would by hand; nobody is mailed. */
  addUser(
    values: Values,
    { ids = 'uuid', reconciled = false }: { ids?: ScimSettings['ids']; reconciled?: boolean } = {},
  ): User {
    const active = !isInactive(values);
    const user: User = {
      ...this.#resource(values, ids),
      ...{ canSignIn: active, hasBeenActive: active, reconciled, deleted: false },
    };
    this.contents.users.set(user.id, user);
    return user;
  }

  addGroup(values: Values, ids: ScimSettings['ids'] = 'uuid'): Group {
    const group = this.#resource(values, ids);
    this.contents.groups.set(group.id, group);
    this.memberships = null;
    return group;
  }

  change(resource: User | Group, values: Values): void {
    Object.assign(resource, { values, modifiedAt: this.now().toISOString(), version: resource.version + 1 });
    this.memberships = null;
  }

  /** Takes an account away, or hides it; it leaves its groups either way. */
  removeUser(user: User, deletedAccounts: ScimSettings['deletedAccounts'] = 'gone'): void {
    Object.assign(user, { deleted: true, canSignIn: false });
    if (deletedAccounts === 'gone') this.contents.users.delete(user.id);
    for (const group of this.groupsOf(user.id)) {
      const members = recordsIn(group.values['members']).filter(({ value }) => value !== user.id);
      this.change(group, { ...group.values, members });
    }
  }

  removeGroup({ id }: Group): void {
    this.contents.groups.delete(id);
    this.memberships = null;
  }

  /** The administrator reconciles accounts that were made by hand: SCIM sees them from now on. */
  reconcile(): void {
    for (const user of this.users.values()) user.reconciled = true;
  }

  /** Login names are compared without regard to case. */
  findByUserName(userName: string): User | null {
    const holds = ({ values }: User) => textIn(values, 'userName')?.toLowerCase() === userName.toLowerCase();
    return [...this.users.values()].find(holds) ?? null;
  }

  findByExternalId(externalId: string): User | null {
    return [...this.users.values()].find(({ values }) => values['externalId'] === externalId) ?? null;
  }

  groupsOf(userId: string): readonly Group[] {
    this.memberships ??= membershipsIn([...this.groups.values()]);
    return this.memberships.get(userId) ?? [];
  }

  mail({ id, values }: User, kind: Mail['kind']): void {
    const to = mainEmail(values) ?? textIn(values, 'userName') ?? '';
    this.contents.mails.push({ to, user: id, kind, at: this.now().toISOString() });
  }

  /** A copy of everything, untouched by what happens later. */
  save(): object {
    return structuredClone(this.contents);
  }

  /** Goes back to what was saved. */
  restore(saved: ReturnType<Directory['save']>): void {
    this.contents = { ...this.contents, ...structuredClone(saved) };
    this.memberships = null;
  }

  #resource(values: Values, ids: ScimSettings['ids']): Group {
    const at = this.now().toISOString();
    return { id: this.#id(values, ids), values, createdAt: at, modifiedAt: at, version: 1 };
  }

  #id(values: Values, ids: ScimSettings['ids']): string {
    this.contents.next += 1;
    const number = 1000 + this.contents.next;
    switch (ids) {
      case 'uuid':
        return `5c1e0000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
      case 'number':
        return String(number);
      case 'user_name':
        return textIn(values, 'userName') ?? String(number);
      // Whatever a path gives another meaning to.
      case 'odd':
        return `${number}@acme:lms/ü+50% #?&=x"`;
    }
  }
}

function membershipsIn(groups: readonly Group[]): ReadonlyMap<unknown, readonly Group[]> {
  const memberships = new Map<unknown, Group[]>();
  for (const group of groups) {
    for (const { value } of recordsIn(group.values['members'])) {
      memberships.set(value, [...(memberships.get(value) ?? []), group]);
    }
  }
  return memberships;
}
