import type { Academy } from './academy.js';
import type { Account, AccountStatus, Team } from './account.js';

type Json = Readonly<Record<string, unknown>>;

const labels: Readonly<Record<AccountStatus, string>> = {
  not_invited: 'Not yet invited',
  invite_scheduled: 'Invite scheduled',
  invite_pending: 'Invite pending',
  confirmed: 'Confirmed',
  deactivated: 'Deactivated',
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A user as lists and managers show them. */
export function briefUser(account: Account): Json {
  const { id, firstName, lastName, jobTitle, email, language, role, integrationExternalId, hireDate } = account;
  return {
    id,
    firstName,
    lastName,
    jobTitle: jobTitle ?? '',
    email,
    timeZone: 'London',
    language,
    role,
    integrationExternalId,
    hireDate,
    profileUrl: `https://acme.learnamp.example/en/users/${id}`,
    status: statusOf(account),
  };
}

/** A user as single reads, writes and expanded lists show them. */
export function fullUser(academy: Academy, account: Account, showsCustomFields: boolean): Json {
  const manager = managerOf(academy, account);
  const teamBrief = (id: number): Json[] => {
    const team = academy.teams.get(id);
    return team === undefined ? [] : [teamInUser(academy, team)];
  };
  return {
    ...briefUser(account),
    occupationRole: account.occupationRole ?? '',
    avatar: `https://acme.learnamp.example/avatars/${account.id}.png`,
    manager: manager === null ? null : briefUser(manager),
    location: account.location,
    department: account.department ?? '',
    primaryTeam: account.primaryTeamId === null ? null : (teamBrief(account.primaryTeamId)[0] ?? null),
    secondaryTeams: account.secondaryTeamIds.flatMap(teamBrief),
    ...(showsCustomFields && {
      customFields: Object.entries(account.customFields).map(([name, value]) => ({ name, value })),
    }),
  };
}

/** A team as lists show it. */
export function simpleTeam(academy: Academy, team: Team): Json {
  const manager = academy.find(team.managerId);
  return {
    id: team.id,
    name: team.name,
    integrationExternalId: team.integrationExternalId,
    ...teamLinks(academy, team),
    parentTeamId: team.parentTeamId,
    manager: manager === null ? null : briefUser(manager),
    secondaryManagers: team.secondaryManagerIds.flatMap((id) => {
      const one = academy.find(id);
      return one === null ? [] : [briefUser(one)];
    }),
  };
}

/** A team with its members and its place among the teams. */
export function extendedTeam(academy: Academy, team: Team): Json {
  const parent = academy.teams.get(team.parentTeamId ?? 0);
  const children = [...academy.teams.values()].filter(({ parentTeamId }) => parentTeamId === team.id);
  return {
    ...simpleTeam(academy, team),
    users: academy.members(team.id).map((account) => teamMember(team, account)),
    subTeams: children.map((child) => simpleTeam(academy, child)),
    parentTeam: parent === undefined ? null : simpleTeam(academy, parent),
    tags: team.tags,
  };
}

/** A user as a team's list of members shows them. */
export function teamMember(team: Team, account: Account): Json {
  return { ...briefUser(account), removeFromTeamUrl: `/v1/teams/${team.id}/users/${account.id}.json` };
}

/** The override manager; without one, the primary team's. */
function managerOf(academy: Academy, account: Account): Account | null {
  const team = academy.teams.get(account.primaryTeamId ?? 0);
  return academy.find(account.managerId) ?? academy.find(team?.managerId ?? null);
}

function teamInUser(academy: Academy, team: Team): Json {
  const manager = academy.find(team.managerId);
  // A team without manager shows an empty object here.
  return {
    id: team.id,
    name: team.name,
    ...teamLinks(academy, team),
    manager: manager === null ? {} : briefUser(manager),
  };
}

function teamLinks(academy: Academy, { id }: Team): Json {
  return {
    teamUsersCount: academy.memberCount(id),
    apiTeamPath: `/v1/teams/${id}.json`,
    apiTeamUsersPath: `/v1/teams/${id}/users.json`,
  };
}

function statusOf({ status, invitedAt, confirmedAt, deactivatedAt }: Account): Json {
  const times: Readonly<Record<AccountStatus, string | null>> = {
    not_invited: null,
    invite_scheduled: null,
    invite_pending: invitedAt === null ? null : `Sent ${displayDay(invitedAt)}`,
    confirmed: confirmedAt === null ? null : `On ${displayDay(confirmedAt)}`,
    deactivated: deactivatedAt === null ? null : `On ${displayDay(deactivatedAt)}`,
  };
  const time = times[status];
  return time === null ? { status: labels[status] } : { status: labels[status], time };
}

/** `2020-03-03T…` as `3 Mar 20`. */
function displayDay(instant: string): string {
  const [year = '', month, day] = instant.slice(0, 10).split('-');
  return `${Number(day)} ${months[Number(month) - 1]} ${year.slice(2)}`;
}
