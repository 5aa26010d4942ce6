import {
  blankUser,
  type CustomField,
  type Group,
  type IdMapping,
  type LmsUser,
  type Mail,
  type Role,
  type UserData,
} from './user.js';

/** Everything that one company's 360Learning holds, as plain data. */
interface Contents {
  users: Map<string, LmsUser>;
  groups: Map<string, Group>;
  /** `group/role/user`. */
  memberships: Set<string>;
  managers: Map<string, Set<string>>;
  customFields: Map<string, CustomField>;
  /** By user, then by field. */
  values: Map<string, Map<string, string>>;
  externalIds: Map<string, IdMapping>;
  mails: Mail[];
  nextId: number;
}

/** Somebody who has a role in the root group from the start. */
export interface PlatformStaff extends Pick<UserData, 'mail' | 'firstName' | 'lastName'> {
  readonly role: Role;
}

const ADMINISTRATOR: PlatformStaff = {
  ...{ mail: 'admin@acme.example', firstName: 'Ada', lastName: 'Admin' },
  role: 'admin',
};

/** One company's 360Learning in memory. The first user is the owner; the first group is the root. */
export class Platform {
  private contents: Contents = {
    users: new Map(),
    groups: new Map(),
    memberships: new Set(),
    managers: new Map(),
    customFields: new Map(),
    values: new Map(),
    externalIds: new Map(),
    mails: [],
    nextId: 1,
  };
  readonly owner: LmsUser;
  readonly root: Group;

  /**
   * @param groups names of groups below the root
   * @param staff administrators who are no employees, besides the owner
   */
  constructor(
    private readonly now: () => Date,
    groups: readonly string[] = [],
    staff: readonly PlatformStaff[] = [ADMINISTRATOR],
  ) {
    this.root = this.addGroup('Acme Academy', null);
    for (const name of groups) this.addGroup(name, this.root.id);
    this.owner = this.add({ mail: 'owner@acme.example', firstName: 'Olivia', lastName: 'Owner' }, 'active');
    this.join(this.owner.id, this.root.id, 'owner');
    for (const { role, ...data } of staff) this.join(this.add(data, 'active').id, this.root.id, role);
  }

  get users(): Map<string, LmsUser> {
    return this.contents.users;
  }
  get groups(): Map<string, Group> {
    return this.contents.groups;
  }
  get memberships(): Set<string> {
    return this.contents.memberships;
  }
  get customFields(): Map<string, CustomField> {
    return this.contents.customFields;
  }
  get externalIds(): Map<string, IdMapping> {
    return this.contents.externalIds;
  }
  get mails(): Mail[] {
    return this.contents.mails;
  }

  /** An id as 360Learning gives them: 24 hexadecimal digits. */
  newId(): string {
    const number = this.contents.nextId;
    this.contents.nextId += 1;
    return `5f0c360a${number.toString(16).padStart(16, '0')}`;
  }

  add(data: Partial<UserData>, status: LmsUser['status']): LmsUser {
    const history = { deletedAt: [], reactivatedAt: [], writes: 0 };
    const user: LmsUser = { ...blankUser, ...data, ...history, id: this.newId(), status };
    this.users.set(user.id, user);
    return user;
  }

  addGroup(name: string, parentId: string | null, isPublic = true): Group {
    const group = { id: this.newId(), name, public: isPublic, parentId };
    this.groups.set(group.id, group);
    return group;
  }

  /** Deletes a group; its members stay users, its subgroups move up. */
  removeGroup({ id, parentId }: Group): void {
    this.groups.delete(id);
    for (const { userId, role } of this.membersOf(id)) this.memberships.delete(`${id}/${role}/${userId}`);
    for (const group of this.groups.values()) if (group.parentId === id) group.parentId = parentId;
  }

  addCustomField(name: string, type: CustomField['type'], authorised: readonly string[] = []): CustomField {
    const field = { id: this.newId(), name, type, authorised };
    this.customFields.set(field.id, field);
    return field;
  }

  /** Whoever has an address or a username, deleted ones included. */
  findByLogin(key: 'mail' | 'username', value: string | null): LmsUser | null {
    return this.findAllByLogin(key, value)[0] ?? null;
  }

  /** The same, where addresses that differ only by case are of more than one user. */
  findAllByLogin(key: 'mail' | 'username', value: string | null): readonly LmsUser[] {
    if (value === null) return [];
    const folded = value.toLowerCase();
    return [...this.users.values()].filter((user) => user[key]?.toLowerCase() === folded);
  }

  /** The user who bears an id of a platform. */
  findByExternalId(platform: string, value: string): LmsUser | null {
    const mappings = [...this.externalIds.values()];
    const mapping = mappings.find((one) => one.platform === platform && one.value === value);
    return this.users.get(mapping?.targetId ?? '') ?? null;
  }

  externalIdOf(userId: string, platform: string): string | null {
    const mappings = [...this.externalIds.values()];
    return mappings.find((one) => one.platform === platform && one.targetId === userId)?.value ?? null;
  }

  managersOf(userId: string): Set<string> {
    const managers = this.contents.managers.get(userId) ?? new Set<string>();
    this.contents.managers.set(userId, managers);
    return managers;
  }

  subordinatesOf(userId: string): readonly string[] {
    return [...this.contents.managers].filter(([, managers]) => managers.has(userId)).map(([id]) => id);
  }

  valuesOf(userId: string): Map<string, string> {
    const values = this.contents.values.get(userId) ?? new Map<string, string>();
    this.contents.values.set(userId, values);
    return values;
  }

  rolesOf(userId: string): readonly { readonly groupId: string; readonly role: string }[] {
    const all = [...this.memberships].map((one) => one.split('/'));
    return all.flatMap(([groupId = '', role = '', id]) => (id === userId ? [{ groupId, role }] : []));
  }

  /** Everybody with a role in a group. */
  membersOf(groupId: string): readonly { readonly userId: string; readonly role: string }[] {
    const all = [...this.memberships].map((one) => one.split('/'));
    return all.flatMap(([id, role = '', userId = '']) => (id === groupId ? [{ userId, role }] : []));
  }

  join(userId: string, groupId: string, role: string): void {
    this.memberships.add(`${groupId}/${role}/${userId}`);
  }

  /** A learner who leaves a group leaves its public subgroups too, down to the first private one. */
  leave(userId: string, groupId: string, role: string): boolean {
    const was = this.memberships.delete(`${groupId}/${role}/${userId}`);
    if (role !== 'learner') return was;
    for (const group of this.groups.values()) {
      if (group.parentId === groupId && group.public) this.leave(userId, group.id, role);
    }
    return was;
  }

  invite(user: LmsUser): void {
    if (user.mail !== null) this.mails.push({ to: user.mail, user: user.id, at: this.now().toISOString() });
  }

  /** Soft deletion: groups, roles, whom the user manages and the date are gone; the rest is kept. */
  remove(user: LmsUser): void {
    user.status = 'deleted';
    user.deletedAt = [...user.deletedAt, this.now().toISOString()];
    user.toBeDeactivatedAt = null;
    for (const { groupId, role } of this.rolesOf(user.id)) this.memberships.delete(`${groupId}/${role}/${user.id}`);
    for (const managers of this.contents.managers.values()) managers.delete(user.id);
  }

  restore(user: LmsUser): void {
    user.status = 'invited';
    user.reactivatedAt = [...user.reactivatedAt, this.now().toISOString()];
  }

  /** Midnight: everybody whose day has come by then is deleted. */
  midnight(instant: Date): void {
    for (const user of this.users.values()) {
      if (user.toBeDeactivatedAt !== null && Date.parse(user.toBeDeactivatedAt) <= instant.getTime()) this.remove(user);
    }
  }

  /** A copy of everything, untouched by what happens later. */
  save(): object {
    return structuredClone(this.contents);
  }

  /** Goes back to what was saved. */
  restoreContents(saved: ReturnType<Platform['save']>): void {
    this.contents = { ...this.contents, ...structuredClone(saved) };
  }
}
