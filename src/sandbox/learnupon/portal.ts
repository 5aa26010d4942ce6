import { blankUser, type Group, type Invite, type Mail, type User, type UserData } from './user.js';

/** Somebody who runs the portal and is no employee. */
export type PortalStaff = Pick<UserData, 'email' | 'first_name' | 'last_name' | 'user_type'>;

const STAFF: readonly PortalStaff[] = [
  { email: 'admin@acme.example', first_name: 'Ada', last_name: 'Admin', user_type: 'admin' },
];

interface Membership {
  readonly id: number;
  readonly groupId: number;
  readonly userId: number;
}

/** One LearnUpon portal in memory: its users, groups, invitations and the mails it sent. */
export class Portal {
  readonly users = new Map<number, User>();
  readonly groups = new Map<number, Group>();
  readonly invites = new Map<number, Invite>();
  readonly mails: Mail[] = [];
  memberships: Membership[] = [];
  private next = 1;

  /** @param staff users from the start that are nobody's in HR */
  constructor(
    private readonly now: () => Date,
    staff: readonly PortalStaff[] = STAFF,
  ) {
    for (const data of staff) this.add(data);
  }

  /** Everybody, ascending by id. */
  list(): readonly User[] {
    return [...this.users.values()];
  }

  /** Addresses are compared without regard to case. */
  findByEmail(email: string): User | null {
    return this.findAllByEmail(email)[0] ?? null;
  }

  /** The same, where addresses that differ only by case are of more than one user. */
  findAllByEmail(email: string): readonly User[] {
    return this.list().filter((user) => user.email?.toLowerCase() === email.toLowerCase());
  }

  findByUsername(username: string): User | null {
    return this.list().find((user) => user.username?.toLowerCase() === username.toLowerCase()) ?? null;
  }

  /** Adds a user without mailing anybody. */
  add(data: Partial<UserData>, password = 'initial', changesPassword = false): User {
    const at = this.#at();
    const user: User = {
      ...blankUser,
      ...data,
      id: this.#number(),
      password,
      changesPassword,
      createdAt: at,
      updatedAt: at,
    };
    this.users.set(user.id, user);
    return user;
  }

  change(user: User, changes: Partial<User>): void {
    Object.assign(user, changes, { updatedAt: this.#at() });
  }

  remove(user: User): void {
    this.users.delete(user.id);
    this.memberships = this.memberships.filter(({ userId }) => userId !== user.id);
  }

  invite(data: Omit<Invite, 'id' | 'status' | 'createdAt' | 'user_type'> & Partial<Pick<Invite, 'user_type'>>): Invite {
    const invite: Invite = { user_type: 'learner', ...data, id: this.#number(), status: 'sent', createdAt: this.#at() };
    this.invites.set(invite.id, invite);
    this.mail(invite.email, 'invitation');
    return invite;
  }

  openInvite(email: string): Invite | null {
    const open = [...this.invites.values()].filter(({ status }) => status === 'sent');
    return open.find((invite) => invite.email.toLowerCase() === email.toLowerCase()) ?? null;
  }

  /** The person follows the link: only now there is a user. */
  accept(invite: Invite, password = 'their own'): User {
    invite.status = 'accepted';
    const { email, first_name, last_name, custom, groupId, user_type } = invite;
    const user = this.add({ email, first_name, last_name, custom, user_type }, password);
    if (groupId !== null) this.join(groupId, user.id);
    return user;
  }

  mail(to: string, kind: Mail['kind']): void {
    this.mails.push({ to, kind, at: this.#at() });
  }

  addGroup(title: string): Group {
    const group = { id: this.#number(), title };
    this.groups.set(group.id, group);
    return group;
  }

  findGroup(title: string): Group | null {
    return [...this.groups.values()].find((group) => group.title.toLowerCase() === title.toLowerCase()) ?? null;
  }

  join(groupId: number, userId: number): Membership {
    const membership = { id: this.#number(), groupId, userId };
    this.memberships.push(membership);
    return membership;
  }

  leave(left: Membership): void {
    this.memberships = this.memberships.filter((one) => one !== left);
  }

  groupsOf(userId: number): readonly Group[] {
    const ids = this.memberships.filter((one) => one.userId === userId).map(({ groupId }) => groupId);
    return ids.flatMap((id) => this.groups.get(id) ?? []);
  }

  /** A copy of everything, untouched by what happens later. */
  save(): object {
    const { users, groups, invites, mails, memberships, next } = this;
    return structuredClone({ users, groups, invites, mails, memberships, next });
  }

  /** Goes back to what was saved. */
  restore(saved: ReturnType<Portal['save']>): void {
    Object.assign(this, structuredClone(saved));
  }

  #at(): string {
    return this.now().toISOString();
  }

  // One count for everything, so that the number of one thing never fits another by chance.
  #number(): number {
    this.next += 1;
    return 1_000 + this.next;
  }
}
