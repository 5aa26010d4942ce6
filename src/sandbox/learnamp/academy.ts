import {
  type Account,
  type AccountData,
  type AccountStatus,
  blankAccount,
  type Mail,
  type Team,
  teamIds,
} from './account.js';

/** The number of the first account, which is the Owner's. */
const ownerId = 1;

/** All that a company holds at one moment. */
interface SavedAcademy {
  readonly accounts: readonly Account[];
  readonly teams: readonly Team[];
  readonly mails: readonly Mail[];
  readonly linkIds: ReadonlyMap<string, number>;
  readonly nextAccountId: number;
  readonly nextTeamId: number;
}

/** One Learn Amp company in memory: its users, teams and the mails it sent. */
export class Academy {
  readonly mails: Mail[] = [];
  readonly teams = new Map<number, Team>();
  private readonly accounts = new Map<number, Account>();
  private readonly byEmail = new Map<string, Account>();
  private readonly byExternalId = new Map<string, Account>();
  private readonly memberCounts = new Map<number, number>();
  private linkIds = new Map<string, number>();
  private nextAccountId = ownerId;
  private nextTeamId = 1;

  constructor(private readonly now: () => Date) {
    this.add({ email: 'owner@acme.example', firstName: 'Olivia', lastName: 'Owner', role: 'owner' }, 'confirmed');
  }

  /** Everybody, ascending by id. */
  list(): readonly Account[] {
    return [...this.accounts.values()];
  }

  find(id: number | null): Account | null {
    return id === null ? null : (this.accounts.get(id) ?? null);
  }

  /** Addresses are compared without regard to case. */
  findByEmail(email: string): Account | null {
    return this.byEmail.get(email.toLowerCase()) ?? null;
  }

  findByExternalId(externalId: string): Account | null {
    return this.byExternalId.get(externalId) ?? null;
  }

  findTeamByExternalId(externalId: string): Team | null {
    return [...this.teams.values()].find((team) => team.integrationExternalId === externalId) ?? null;
  }

  /** The Owners who can log in; one must stay. */
  activeOwners(): readonly Account[] {
    return this.list().filter((account) => account.role === 'owner' && account.status !== 'deactivated');
  }

  /** Adds a user without mailing anybody. E-mail and external id must be free. */
  add(data: Partial<AccountData>, status: AccountStatus): Account {
    const at = this.now().toISOString();
    const stamps = { createdAt: at, updatedAt: at, invitedAt: null, confirmedAt: null, deactivatedAt: null };
    const account: Account = {
      ...blankAccount,
      ...data,
      ...stamps,
      id: this.nextAccountId,
      status,
      // One that is added deactivated was in use before, and can be opened again.
      statusBefore: status === 'deactivated' ? 'confirmed' : status,
    };
    if (status === 'confirmed') account.confirmedAt = at;
    this.nextAccountId += 1;
    this.accounts.set(account.id, account);
    this.index(account);
    return account;
  }

  change(account: Account, changes: Partial<Account>): Account {
    this.unindex(account);
    Object.assign(account, changes, { updatedAt: this.now().toISOString() });
    this.index(account);
    return account;
  }

  remove(account: Account): void {
    this.handOver(account);
    this.unindex(account);
    this.accounts.delete(account.id);
  }

  addTeam(data: Omit<Team, 'id'>): Team {
    const team = { ...data, id: this.nextTeamId };
    this.nextTeamId += 1;
    this.teams.set(team.id, team);
    return team;
  }

  /** Members stay, their links to the team go; sub-teams move to the top. */
  removeTeam(team: Team): void {
    this.teams.delete(team.id);
    for (const account of this.members(team.id)) this.leave(account, team.id);
    for (const other of this.teams.values()) if (other.parentTeamId === team.id) other.parentTeamId = null;
  }

  members(teamId: number): readonly Account[] {
    return this.list().filter((account) => teamIds(account).has(teamId));
  }

  memberCount(teamId: number): number {
    return this.memberCounts.get(teamId) ?? 0;
  }

  /** Takes a user out of a team, whichever way they belong to it. */
  leave(account: Account, teamId: number): void {
    this.change(account, {
      primaryTeamId: account.primaryTeamId === teamId ? null : account.primaryTeamId,
      secondaryTeamIds: account.secondaryTeamIds.filter((id) => id !== teamId),
    });
  }

  /** Number of the link between a team and a user: always the same for the same two. */
  linkId(team: Team, account: Account): number {
    const link = `${team.id}/${account.id}`;
    const id = this.linkIds.get(link) ?? this.linkIds.size + 1;
    this.linkIds.set(link, id);
    return id;
  }

  invite(account: Account): void {
    const at = this.now().toISOString();
    this.change(account, { status: 'invite_pending', invitedAt: at });
    this.mails.push({ to: account.email, account: account.id, kind: 'invitation', at });
  }

  /** The person logs in for the first time. */
  confirm(account: Account): void {
    this.change(account, { status: 'confirmed', confirmedAt: this.now().toISOString() });
  }

  /** Ends access at once; team links and management are gone for good, everything else is kept. */
  deactivate(account: Account): void {
    this.handOver(account);
    this.change(account, {
      statusBefore: account.status,
      status: 'deactivated',
      deactivatedAt: this.now().toISOString(),
      primaryTeamId: null,
      secondaryTeamIds: [],
    });
  }

  reactivate(account: Account): void {
    this.change(account, { status: account.statusBefore, deactivatedAt: null });
  }

  /** A copy of everything, untouched by what happens later. */
  save(): SavedAcademy {
    const { mails, linkIds, nextAccountId, nextTeamId } = this;
    const teams = [...this.teams.values()];
    return structuredClone({ accounts: this.list(), teams, mails, linkIds, nextAccountId, nextTeamId });
  }

  /** Goes back to what was saved; the accounts and teams are other objects then. */
  restore(saved: SavedAcademy): void {
    const { accounts, teams, mails, linkIds, nextAccountId, nextTeamId } = structuredClone(saved);
    for (const index of [this.accounts, this.byEmail, this.byExternalId, this.memberCounts, this.teams]) index.clear();
    for (const team of teams) this.teams.set(team.id, team);
    for (const account of accounts) {
      this.accounts.set(account.id, account);
      this.index(account);
    }
    this.mails.splice(0, Infinity, ...mails);
    this.linkIds = new Map(linkIds);
    this.nextAccountId = nextAccountId;
    this.nextTeamId = nextTeamId;
  }

  /** Teams and people under somebody's management pass to the Owner. */
  private handOver(account: Account): void {
    const heir = this.activeOwners().find(({ id }) => id !== account.id)?.id ?? null;
    for (const team of this.teams.values()) {
      if (team.managerId === account.id) team.managerId = heir;
      team.secondaryManagerIds = team.secondaryManagerIds.filter((id) => id !== account.id);
    }
    for (const report of this.accounts.values()) if (report.managerId === account.id) report.managerId = heir;
  }

  private index(account: Account): void {
    this.byEmail.set(account.email.toLowerCase(), account);
    if (account.integrationExternalId !== null) this.byExternalId.set(account.integrationExternalId, account);
    for (const id of teamIds(account)) this.memberCounts.set(id, this.memberCount(id) + 1);
  }

  private unindex(account: Account): void {
    this.byEmail.delete(account.email.toLowerCase());
    if (account.integrationExternalId !== null) this.byExternalId.delete(account.integrationExternalId);
    for (const id of teamIds(account)) this.memberCounts.set(id, this.memberCount(id) - 1);
  }
}
