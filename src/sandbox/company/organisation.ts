import type { Company, CustomAttribute, Unit } from './company.js';
import type { Random } from './random.js';

const departmentTitles = {
  Engineering: ['Software Engineer', 'Site Reliability Engineer', 'Data Engineer', 'QA Engineer'],
  'People & Culture': ['HR Generalist', 'Recruiter', 'People Analyst'],
  Sales: ['Account Executive', 'Sales Development Representative', 'Key Account Manager'],
  'Customer Care': ['Support Agent', 'Support Specialist', 'Onboarding Consultant'],
  Production: ['Machine Operator', 'Shift Lead', 'Quality Inspector', 'Fitter'],
  Logistics: ['Warehouse Clerk', 'Driver', 'Dispatcher'],
  Finance: ['Accountant', 'Controller', 'Payroll Specialist'],
  Marketing: ['Content Manager', 'Designer', 'Performance Marketer'],
  Product: ['Product Manager', 'Product Designer', 'UX Researcher'],
  'Legal, Risk & Compliance': ['Counsel', 'Compliance Officer'],
  Facilities: ['Facility Manager', 'Receptionist'],
  'Forschung & Entwicklung': ['Forscherin', 'Laborant', 'Physiker'],
} as const;

const allDepartments = Object.keys(departmentTitles);

/** The first departments are in every company; the rest depends on the seed. */
const fewestDepartments = 8;

/** Job titles of a department's people, whatever it is called later. */
export function titlesOf(departmentIndex: number): readonly string[] {
  return Object.values(departmentTitles)[departmentIndex] ?? ['Specialist'];
}

/** How many teams each department has. */
export const teamsPerDepartment = 3;

type Organisation = Pick<
  Company,
  'departments' | 'teams' | 'offices' | 'legalEntities' | 'costCenters' | 'customAttributes'
>;

/** Departments, teams, offices and the rest of the frame that people are put into. */
export function makeOrganisation(random: Random): Organisation {
  const departments = units(11, allDepartments.slice(0, random.integer(fewestDepartments, allDepartments.length)));
  const teamNames = departments.flatMap(({ name }) => ['North', 'South', 'Core'].map((part) => `${name} ${part}`));
  return {
    departments,
    // A team and a department may share a number: they are numbered apart.
    teams: units(11, teamNames),
    offices: units(301, ['Berlin', 'München', 'London', 'Łódź', 'Porto', 'Remote']),
    legalEntities: units(401, ['Acme GmbH', 'Acme Ltd']),
    costCenters: units(501, ['4100 Operations', '4200 Overhead', '4300 Growth']),
    customAttributes,
  };
}

function units(firstId: number, names: readonly string[]): readonly Unit[] {
  return names.map((name, index) => ({ id: firstId + index, name }));
}

/** Part of the addresses that the HR system makes up for people without one, as Personio does. */
export const NO_MAILBOX = '-personio-login@';

/** What the company's custom attributes are called inside Personio, and so everywhere here. */
export const customKeys = {
  badge: 'dynamic_1234567',
  skills: 'dynamic_2345678',
  shirt: 'dynamic_3456789',
  notes: 'dynamic_4567890',
  certified: 'dynamic_5678901',
} as const;

const customAttributes: readonly CustomAttribute[] = [
  { key: customKeys.badge, label: 'Badge', type: 'integer', options: [] },
  {
    key: customKeys.skills,
    label: 'Skills',
    type: 'tags',
    options: ['First aid', 'Forklift', 'Welding', 'SQL', 'Mentoring', 'Français'],
  },
  { key: customKeys.shirt, label: 'T-shirt size', type: 'list', options: ['S', 'M', 'L', 'XL'] },
  { key: customKeys.notes, label: 'Notes', type: 'multiline', options: [] },
  { key: customKeys.certified, label: 'Certified on', type: 'date', options: [] },
];
