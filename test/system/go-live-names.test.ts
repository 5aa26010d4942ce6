import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Person } from '../../src/sandbox/index.js';
import { addAccount } from '../support/accounts.js';
import { type Connector, test } from '../support/connector.js';

/** The names of one person in HR, and how the account that they have already spells them: first name, last name. */
const SPELT: readonly (readonly [readonly [string, string], readonly [string, string]])[] = [
  [
    ['José', 'Núñez'],
    ['Jose', 'Nunez'],
  ],
  [
    ['Jürgen', 'Müller'],
    ['Juergen', 'Mueller'],
  ],
  [
    ['Jörg', 'Groß'],
    ['Joerg', 'Gross'],
  ],
  [
    ['Søren', 'Ångström'],
    ['Soren', 'Angstrom'],
  ],
  [
    ['Łukasz', 'Żak'],
    ['Lukasz', 'Zak'],
  ],
  [
    ['Rene\u0301', 'Lefe\u0300vre'],
    ['René', 'Lefèvre'],
  ],
  [
    ['Ada', 'Lovelace'],
    ['Lovelace', 'Ada'],
  ],
  [
    ['Katherine', 'Johnson'],
    ['', 'Johnson, Katherine'],
  ],
  [
    ['Anna-Lena', 'Meyer-Schmidt'],
    ['Annalena', 'Schmidt'],
  ],
  [
    ['Sofia', 'García Márquez'],
    ['Sofi', 'Garcia'],
  ],
  [
    ['Grace', 'Murray'],
    ['Grace', 'Hopper'],
  ],
  [
    ['Robert', 'Hill'],
    ['Bob', 'Hill'],
  ],
  [
    ['Elizabeth', 'Stone'],
    ['Liz', 'Stone'],
  ],
  [
    ['Annie', 'Easley'],
    ['ANNIE', 'EASLEY'],
  ],
  [
    ['Mary', 'Jackson'],
    ['Dr. Mary W.', 'Jackson  '],
  ],
];

/** Accounts at an employee's address that somebody else uses. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['Reception', 'Desk'],
  ['Otto', 'Vorgänger'],
  ['Training', 'Room'],
];
const ROLES = ['admin', 'owner'] as const;

/** What a page says, with its spaces made one. */
const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&quot;|&#34;/g, '"')
    .replace(/\s+/g, ' ');

interface GoLive {
  readonly differ: readonly Person[];
  readonly privileged: readonly Person[];
}

/** Gives 300 of the staff an account each, most as HR spells them. */
function addExisting(connector: Connector): GoLive {
  const isStaff = ({ status, email, terminationDate }: Person) =>
    status === 'active' && terminationDate === null && email !== null && !email.includes('-personio-login@');
  const staff = connector.company.people.filter(isStaff).slice(0, 300);
  expect(staff).toHaveLength(300);
  const spelt = staff.slice(0, SPELT.length);
  const differ = staff.slice(100, 100 + OTHERS.length);
  const privileged = staff.slice(200, 200 + ROLES.length);
  for (const [index, person] of spelt.entries()) {
    const [[firstName, lastName]] = SPELT[index] ?? [['', '']];
    connector.hr.apply({ kind: 'change_name', person: person.id, firstName, lastName });
  }
  for (const [index, person] of staff.entries()) {
    const [firstName, lastName] = SPELT[index]?.[1] ??
      OTHERS[differ.indexOf(person)] ?? [person.firstName, person.lastName];
    const role = ROLES[privileged.indexOf(person)];
    const account = { email: person.email ?? '', firstName, lastName };
    addAccount(connector, 'learnamp', { ...account, ...(role !== undefined && { role }) });
  }
  return { differ, privileged };
}

test('a go-live of 400 people adopts all 300 accounts but those that a careful person would look at', async ({
  connect,
}) => {
  const connector = await connect({ people: 400 });
  const { differ, privileged } = addExisting(connector);
  const theirs = [...differ, ...privileged].map(({ email }) => connector.lms.findByEmail(email ?? ''));
  const before = JSON.stringify(theirs);

  const plan = await connector.run(['import-all', '--dry-run', '--html', 'plan.html']);
  expect(plan.code, plan.stderr).toBe(0);
  const page = textOf(await readFile(join(connector.folder, 'plan.html'), 'utf8'));
  const text = plan.stdout.replace(/\s+/g, ' ');
  expect(plan.stdout).toMatch(/^ {2}an account with this address bears another name \(3\)$/m);
  expect(plan.stdout).toMatch(/^ {2}the account has more rights than a learner \(2\)$/m);
  for (const title of [
    'An account with this address bears another name 3',
    'The account has more rights than a learner 2',
  ])
    expect(page).toContain(title);
  for (const [index, person] of differ.entries()) {
    const { id } = connector.lms.findByEmail(person.email ?? '') ?? {};
    const both = `HR has "${person.firstName} ${person.lastName}", account ${id} "${OTHERS[index]?.join(' ')}":`;
    expect(text).toContain(both);
    expect(page).toContain(both);
  }

  const document = await connector.imported();
  expect(document.summary.adopt).toBe(295);
  const held = document.skipped.filter(({ reason }) => reason === 'name_differs' || reason === 'privileged_account');
  const ids = (reason: string) => held.filter((skip) => skip.reason === reason).map(({ employee }) => employee.id);
  expect(ids('name_differs').sort()).toEqual(differ.map(({ id }) => String(id)).sort());
  expect(ids('privileged_account').sort()).toEqual(privileged.map(({ id }) => String(id)).sort());
  expect(JSON.stringify(theirs)).toBe(before);
  expect((await connector.imported()).changes).toEqual([]);
});
