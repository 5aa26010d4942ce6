import { afterEach, expect, it } from 'vitest';
import type { Fields } from '../../../src/core/value.js';
import type { ScimSystem } from '../../../src/sandbox/scim/index.js';
import { PRESETS } from '../../../src/sandbox/scim/presets.js';
import { heldIn, openOn, startDirectory } from './directory.js';
import { keyFor, only, whole } from './stage.js';

let portal: ScimSystem;
afterEach(() => portal.stop());

/** What the guide says of each portal's settings; the rest are the defaults. */
const SETTINGS: Readonly<Record<keyof typeof PRESETS, object>> = {
  litmos: { look_up: ['user_name'] },
  udemy: { mails_on: 'reactivate' },
  '360learning': { user_name_changes: 'refuse' },
  absorb: { user_name_changes: 'refuse' },
  learnupon: {},
  moodle: {},
  looop: {},
  plusplus: { deactivate: 'delete' },
  aws: {},
  zitadel: {},
  jackson: {},
  scimmy: {},
};

const person = (number: number): Fields => ({
  external_id: `E-${number}`,
  email: `person.${number}@acme.example`,
  first_name: `Zoë${number}`,
  last_name: `Müller ${number}`,
  job_title: 'Engineer',
  department: 'Research',
  groups: ['Dept A'],
});

it.each(Object.entries(SETTINGS))(
  'hires, changes, ends and takes back people in a portal that is like %s',
  async (name, settings) => {
    portal = await startDirectory(PRESETS[name as keyof typeof PRESETS]);
    const target = openOn(portal, settings, Object.keys(person(1)));
    expect((await target.check(Object.keys(person(1)))).filter(({ level }) => level === 'error')).toEqual([]);
    expect(await target.find([1, 2, 3].map((number) => keyFor(person(number))))).toEqual([]);
    const made = [];
    for (const number of [1, 2, 3]) made.push(await target.create(whole(person(number)), { invite: false }));
    expect(made.flatMap(({ refused }) => refused)).toEqual([]);
    const [boss = '', accountId = ''] = made.map((one) => one.accountId);
    const found = await openOn(portal, settings).find([1, 2, 3].map((number) => keyFor(person(number))));
    // Accounts that SCIM made are the ones that this portal shows.
    expect(found.map(({ id }) => id).sort()).toEqual(made.map((one) => one.accountId).sort());
    const next = { ...person(2), job_title: null, department: 'Sales', groups: ['Dept B'] };
    const draft = only(['job_title', 'department', 'groups'], next);
    const manager = { accountId: boss, email: keyFor(person(1)).email };
    expect((await target.update(accountId, { ...draft, before: person(2), manager })).refused).toEqual([]);
    const { job_title: _, ...held } = next;
    expect(heldIn(portal, accountId)).toMatchObject({ fields: held, active: true, manager: boss });
    expect(heldIn(portal, accountId)?.fields).not.toHaveProperty('job_title');
    await target.deactivate(accountId);
    if (target.capabilities.endsBy === 'deletion') {
      expect(heldIn(portal, accountId)).toBeNull();
      return;
    }
    expect(heldIn(portal, accountId)?.active).toBe(false);
    expect((await target.reactivate(accountId, whole(person(2), manager))).refused).toEqual([]);
    expect(heldIn(portal, accountId)).toMatchObject({ fields: person(2), active: true, manager: boss });
  },
);
