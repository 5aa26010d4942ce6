import type { Company, Person, Unit } from '../company/company.js';
import { teamsPerDepartment } from '../company/organisation.js';
import { shownName } from '../oddities.js';
import { isSupplied } from './coverage.js';
import { departmentId, komboId } from './ids.js';
import type { KomboSettings } from './settings.js';
import { changeOf, MADE_AT } from './unit-changes.js';

/** A department, team or cost centre. */
export interface Group {
  readonly id: string;
  readonly remote_id: string;
  readonly name: string | null;
  readonly type: 'DEPARTMENT' | 'TEAM' | 'COST_CENTER' | null;
  readonly parent_id: string | null;
  readonly changed_at: string;
}

/** All groups of a company: teams are parts of departments, those of the company where they are nested. */
export function groupsOf(company: Company, settings: KomboSettings): readonly Group[] {
  const top = settings.nestedDepartments ? topGroup(company, settings) : null;
  const departments = company.departments.map((unit) => departmentGroup(unit, company, settings, top?.id ?? null));
  const teams = company.teams.map((unit, index) => {
    const parent = departments[Math.floor(index / teamsPerDepartment)];
    return unitGroup(unit, 'TEAM', settings, parent?.id ?? null);
  });
  const costCenters = company.costCenters.map((unit) => unitGroup(unit, 'COST_CENTER', settings, null));
  const circle = settings.groupCycle ? (departments[0]?.id ?? null) : null;
  const all = [...(top === null ? [] : [{ ...top, parent_id: circle }]), ...departments, ...teams, ...costCenters];
  return all.map((group) => shown(group, settings));
}

/** The groups that somebody is a member of, as they stand on the employee: without parents. */
export function membershipsOf(
  person: Person,
  groups: readonly Group[],
  company: Company,
  settings: KomboSettings,
): readonly object[] {
  const { departmentId: department, teamId: team, costCenterIds } = person;
  const own = new Set([
    ...(department === null ? [] : [departmentId(department, company, settings)]),
    ...(department !== null && settings.nestedDepartments ? [topGroup(company, settings).id] : []),
    ...(team === null ? [] : [komboId(settings.integrationId, `team-${team}`)]),
    ...costCenterIds.map((id) => komboId(settings.integrationId, `cost_center-${id}`)),
  ]);
  return groups.filter(({ id }) => own.has(id)).map(({ id, remote_id, name, type }) => ({ id, remote_id, name, type }));
}

function topGroup(company: Company, { integrationId }: KomboSettings): Group {
  const remote = 'department-top';
  const id = komboId(integrationId, remote);
  return { id, remote_id: remote, name: company.name, type: 'DEPARTMENT', parent_id: null, changed_at: MADE_AT };
}

function departmentGroup(unit: Unit, company: Company, settings: KomboSettings, parent: string | null): Group {
  const id = departmentId(unit.id, company, settings);
  const remote = `department-${unit.id}`;
  return {
    id,
    remote_id: remote,
    name: shownName(unit, settings),
    type: 'DEPARTMENT',
    parent_id: parent,
    changed_at: changeOf(unit),
  };
}

function unitGroup(unit: Unit, type: 'TEAM' | 'COST_CENTER', settings: KomboSettings, parent: string | null): Group {
  const remote = `${type.toLowerCase()}-${unit.id}`;
  const id = komboId(settings.integrationId, remote);
  return {
    id,
    remote_id: remote,
    name: shownName(unit, settings),
    type,
    parent_id: parent,
    changed_at: changeOf(unit),
  };
}

function shown(group: Group, settings: KomboSettings): Group {
  return {
    ...group,
    name: isSupplied('hris_teams.name', settings) ? group.name : null,
    type: isSupplied('hris_teams.type', settings) ? group.type : null,
    parent_id: isSupplied('hris_teams.parent_id', settings) ? group.parent_id : null,
  };
}
