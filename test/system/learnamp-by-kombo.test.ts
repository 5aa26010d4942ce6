import { describe, expect } from 'vitest';
import type { Account } from '../../src/sandbox/learnamp/account.js';
import { type Connector, day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { connectKombo, komboAccount } from '../support/kombo.js';
import { rowsOfPart } from '../support/part.js';
import { hire, middleManager, plainPeople, plainPerson, unitName } from '../support/people.js';

const NOTHING_ELSE = { integrationExternalId: null, managerId: null, secondaryManagerIds: [], tags: [] } as const;

const teamNames = ({ lms }: Connector, { primaryTeamId, secondaryTeamIds }: Account) => ({
  primary: lms.teams.get(primaryTeamId ?? 0)?.name,
  secondary: secondaryTeamIds.map((id) => lms.teams.get(id)?.name),
});

describe.concurrent('Learn Amp behind Kombo', () => {
  test('gets the default fields: names, e-mail, title, team, location, hire date, manager, employee id', async ({
    connect,
  }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const { company, lms, sandbox } = connector;
    const person = plainPerson(company);
    const account = komboAccount(connector, person);
    expect(account).toMatchObject({
      ...{ firstName: person.firstName, lastName: person.lastName, email: person.email, jobTitle: person.position },
      ...{ integrationExternalId: sandbox.kombo.idOf(person), hireDate: person.hireDate },
      location: unitName(company.offices, person.officeId),
    });
    expect(teamNames(connector, account).primary).toBe(unitName(company.departments, person.departmentId));
    expect(lms.find(account.managerId)).toBe(komboAccount(connector, { id: person.supervisorId ?? 0 }));
    expect(heldAccounts(connector)).toEqual(expectedAccounts(company, day(0), sandbox.kombo.idOf));
  });

  test.for(
    rowsOfPart([
      ['immediately', ['later@acme.example', 'today@acme.example']],
      ['on_hire_date', ['today@acme.example']],
      ['never', []],
    ] as const),
  )('invites new joiners %s', async ([send, mailed], { connect }) => {
    const connector = await connectKombo(connect, { people: 25, config: { invitations: { send } } });
    await connector.imported();
    connector.lms.mails.length = 0;
    hire(connector, 'Today', day(0));
    const later = hire(connector, 'Later', day(9));
    const { scheduled } = await connector.imported();
    expect(connector.mailed.toSorted()).toEqual(mailed);
    await connector.imported();
    expect(connector.mailed.toSorted()).toEqual(mailed);
    const waits = scheduled.filter(({ kind, on }) => kind === 'invite' && on === day(9));
    expect(waits.map(({ employee }) => employee.id)).toEqual(
      send === 'on_hire_date' ? [connector.sandbox.kombo.idOf(later)] : [],
    );
  });

  test('deactivates by status alone, a manager too, whose reports are told', async ({ connect }) => {
    const connector = await connectKombo(connect, { config: { deactivation: { when: ['inactive'] } } });
    await connector.imported();
    const [dated, boss] = [plainPerson(connector.company), middleManager(connector.company)];
    connector.hr.apply({ kind: 'terminate', person: dated.id, on: day(-1) });
    dated.status = 'active';
    connector.hr.apply({ kind: 'set_status', person: boss.id, status: 'inactive' });
    const { changes } = await connector.imported();
    const ended = changes.filter(({ kind }) => kind === 'deactivate').map(({ employee }) => employee.id);
    expect(ended).toEqual([connector.sandbox.kombo.idOf(boss)]);
    expect(komboAccount(connector, dated).status).not.toBe('deactivated');
    const reports = connector.company.people.filter(({ supervisorId }) => supervisorId === boss.id);
    const told = reports.flatMap(
      ({ id }) => connector.lms.findByExternalId(connector.sandbox.kombo.idOf({ id })) ?? [],
    );
    expect(told.length).toBeGreaterThan(0);
    for (const { managerId } of told) expect(managerId).toBeNull();
  });

  test('makes teams flat, and keeps the hierarchy, the managers of teams and the secondary teams made by hand', async ({
    connect,
  }) => {
    const connector = await connectKombo(connect);
    const { company, hr, lms } = connector;
    const [known, moved, other] = plainPeople(company);
    if (!known || !moved || !other) throw new Error('the company is too small');
    const parent = lms.addTeam({ ...NOTHING_ELSE, name: 'Region North', parentTeamId: null });
    const department = unitName(company.departments, known.departmentId);
    const nested = lms.addTeam({ ...NOTHING_ELSE, name: department, parentTeamId: parent.id, tags: ['by hand'] });
    await connector.imported();
    const made = [...lms.teams.values()].filter(({ id }) => id !== parent.id && id !== nested.id);
    expect(made.length).toBeGreaterThan(3);
    expect(made.map(({ parentTeamId }) => parentTeamId).filter((id) => id !== null)).toEqual([]);
    expect(komboAccount(connector, known).primaryTeamId).toBe(nested.id);

    // By hand: a hierarchy over what was made, a manager of a team, and secondary teams.
    const [top, below] = made;
    if (!top || !below) throw new Error('too few teams');
    below.parentTeamId = top.id;
    top.managerId = komboAccount(connector, known).id;
    const aid = lms.addTeam({ ...NOTHING_ELSE, name: 'First aiders', parentTeamId: top.id });
    for (const person of [known, moved]) lms.change(komboAccount(connector, person), { secondaryTeamIds: [aid.id] });
    const built = structuredClone([...lms.teams]);

    // Every sync: an update of fields, a move to another department, one who leaves and comes back, an empty night.
    const elsewhere = company.departments.find(({ id, name }) => id !== moved.departmentId && name !== department);
    hr.apply({ kind: 'promote', person: known.id, to: 'Principal' });
    hr.apply({ kind: 'change_department', person: moved.id, to: elsewhere?.name ?? '' });
    hr.apply({ kind: 'set_status', person: other.id, status: 'inactive' });
    await connector.imported();
    hr.apply({ kind: 'set_status', person: other.id, status: 'active' });
    await connector.imported();
    await connector.imported();
    expect([...lms.teams]).toEqual(built);
    expect(teamNames(connector, komboAccount(connector, known)).secondary).toEqual(['First aiders']);
    expect(teamNames(connector, komboAccount(connector, moved))).toEqual({
      primary: elsewhere?.name,
      secondary: ['First aiders'],
    });
  });

  test('gets a change that was missed with the next import-all, also one that Learn Amp refused', async ({
    connect,
  }) => {
    const connector = await connectKombo(connect);
    await connector.imported();
    const [quiet, refused] = plainPeople(connector.company);
    if (!quiet || !refused) throw new Error('the company is too small');
    // No time of change tells of the first; the second is refused by Learn Amp once.
    quiet.position = 'Quietly Promoted';
    connector.hr.apply({ kind: 'promote', person: refused.id, to: 'Refused First' });
    const path = new RegExp(`/users/${komboAccount(connector, refused).id}$`);
    connector.sandbox.learnamp.faults.add({
      match: { route: 'users.update', path: path.source },
      fault: { kind: 'status', status: 422, body: { message: 'Not now' } },
    });
    expect((await connector.json(['import-all'])).exit_code).toBe(4);
    expect(komboAccount(connector, quiet).jobTitle).toBe('Quietly Promoted');
    await connector.imported('--only', connector.sandbox.kombo.idOf(refused));
    expect(komboAccount(connector, refused).jobTitle).toBe('Refused First');
  });
});
