import type { Day } from '../../core/day.js';
import type { Company, CustomValue, Person } from './company.js';
import { plusDays } from './days.js';
import { employmentOf } from './employment.js';
import { type MadeUpName, makeName } from './names.js';
import { customKeys, NO_MAILBOX, teamsPerDepartment, titlesOf } from './organisation.js';
import type { Random } from './random.js';

/** How many people report to one manager below the heads of department. */
const reportsPerManager = 8;

/** These two never got an address. */
const withoutEmail: ReadonlySet<number> = new Set([23, 231]);

interface PersonRecipe {
  readonly index: number;
  readonly firstId: number;
  readonly frame: Omit<Company, 'people'>;
  /** Those made before: a supervisor always comes first. */
  readonly people: readonly Person[];
  /** How often each address was given away. */
  readonly addresses: Map<string, number>;
  readonly random: Random;
}

/** Makes up the next profile. */
export function makePerson(making: PersonRecipe): Person {
  const { index, firstId, frame, people, random } = making;
  const { departments } = frame;
  const name = makeName(random);
  const supervisor = index === 0 ? null : (people[supervisorIndex(index, departments.length)] ?? null);
  const isHead = index > 0 && index <= departments.length;
  const department = isHead ? departments[index - 1] : departments.find(({ id }) => id === supervisor?.departmentId);
  const departmentIndex = department === undefined ? -1 : departments.indexOf(department);
  const leads = supervisorIndex(making.frame.nextId - firstId - 1, departments.length) >= index;
  const employment = employmentOf(index <= departments.length ? null : index, frame.today, random);
  return {
    id: firstId + index,
    firstName: name.first,
    lastName: name.last,
    preferredName: random.chance(0.05) ? name.first.slice(0, 3) : null,
    email: makeAddress(making, name, employment.blueCollar),
    gender: name.gender,
    position: makePosition(index, department?.name, departmentIndex, leads, random),
    supervisorId: supervisor?.id ?? null,
    ...employment.data,
    legalEntityId: random.pick(frame.legalEntities).id,
    officeId: random.chance(0.97) ? random.pick(frame.offices).id : null,
    departmentId: department?.id ?? null,
    teamId: isHead || departmentIndex < 0 ? null : pickTeam(frame, departmentIndex, random),
    costCenterIds: costCenters(frame, random),
    custom: customValues(index, frame, random),
    createdAt: `${createdOn(employment.data.hireDate, frame.today)}T09:${10 + (index % 50)}:00Z`,
    changedAt: {},
  };
}

/** The CEO leads the heads of department; below, everybody leads eight. */
function supervisorIndex(index: number, departments: number): number {
  return index <= departments ? 0 : 1 + Math.floor((index - 1 - departments) / reportsPerManager);
}

function makeAddress({ index, addresses }: PersonRecipe, name: MadeUpName, blueCollar: boolean): string | null {
  if (withoutEmail.has(index)) return null;
  const taken = addresses.get(name.address) ?? 0;
  addresses.set(name.address, taken + 1);
  const local = taken === 0 ? name.address : `${name.address}${taken + 1}`;
  return `${local}${blueCollar ? NO_MAILBOX : '@'}acme.example`;
}

function makePosition(
  index: number,
  department: string | undefined,
  departmentIndex: number,
  leads: boolean,
  random: Random,
): string | null {
  if (index === 0) return 'Chief Executive Officer';
  if (leads && random.chance(0.9)) return `Lead ${department ?? 'Specialist'}`;
  return random.chance(0.97) ? random.pick(titlesOf(departmentIndex)) : null;
}

function pickTeam(frame: Omit<Company, 'people'>, departmentIndex: number, random: Random): number | null {
  const choice = random.integer(0, teamsPerDepartment);
  // One in four works for the department as a whole.
  if (choice === teamsPerDepartment) return null;
  return frame.teams[departmentIndex * teamsPerDepartment + choice]?.id ?? null;
}

function costCenters({ costCenters }: Omit<Company, 'people'>, random: Random): readonly number[] {
  const first = random.pick(costCenters).id;
  const second = random.chance(0.1) ? random.pick(costCenters).id : first;
  return first === second ? [first] : [first, second];
}

function customValues(
  index: number,
  frame: Omit<Company, 'people'>,
  random: Random,
): Readonly<Record<string, CustomValue>> {
  const optionsOf = (key: string): readonly string[] =>
    frame.customAttributes.find((attribute) => attribute.key === key)?.options ?? [];
  const skills = optionsOf(customKeys.skills).filter(() => random.chance(0.25));
  return {
    [customKeys.badge]: random.chance(0.9) ? 500_000 + index : null,
    [customKeys.skills]: skills,
    [customKeys.shirt]: random.chance(0.8) ? random.pick(optionsOf(customKeys.shirt)) : null,
    [customKeys.notes]: random.chance(0.1) ? 'Works nights.\nPrefers "chat" & phone; no mail.' : null,
    [customKeys.certified]: random.chance(0.3) ? plusDays(frame.today, -random.integer(1, 900)) : null,
  };
}

/** Profiles are entered two weeks ahead of the first day, and never later than yesterday. */
function createdOn(hireDate: Day | null, today: Day): Day {
  const yesterday = plusDays(today, -1);
  const planned = hireDate === null ? yesterday : plusDays(hireDate, -14);
  if (planned > yesterday) return yesterday;
  return planned;
}
