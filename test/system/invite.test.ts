import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { hire, plainPerson } from '../support/people.js';

describe('the command invite', () => {
  test('sends what is due and leaves every other change alone', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const { people } = connector.company;
    hire(connector, 'Ada', day(0));
    hire(connector, 'Grace', day(4));
    const promoted = plainPerson(connector.company);
    const leaver = plainPerson(connector.company, 1);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    const before = JSON.stringify([connector.account(promoted), connector.account(leaver)]);
    const dry = await connector.json(['invite', '--dry-run']);
    expect(dry.changes).toMatchObject([{ kind: 'create', invites: true, outcome: 'planned' }]);
    const { changes, exit_code } = await connector.json(['invite', '--due']);
    expect(exit_code).toBe(0);
    expect(changes).toMatchObject([{ kind: 'create', invites: true, outcome: 'done' }]);
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect(JSON.stringify([connector.account(promoted), connector.account(leaver)])).toBe(before);
    expect((await connector.json(['invite'])).changes).toEqual([]);
    await connector.imported();
    expect(connector.account(promoted).jobTitle).toBe('Principal');
    expect(connector.account(leaver).status).toBe('deactivated');
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect(people.length).toBe(42);
  });

  test('list shows what is scheduled, and who has an account without an invitation', async ({ connect }) => {
    const connector = await connect();
    const none = await connector.run(['invite', 'list']);
    expect(none).toMatchObject({ code: 0, stdout: 'No invitation is scheduled, withheld or unclear.\n' });
    await connector.imported();
    const ada = hire(connector, 'Ada', day(5));
    await connector.imported();
    const { code, stdout } = await connector.run(['invite', 'list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${day(5)} +scheduled +#${ada.id} `));
    expect(stdout).toMatch(new RegExp(`withheld +#${plainPerson(connector.company).id} `));
    const json: unknown = JSON.parse((await connector.run(['invite', 'list', '--json'])).stdout);
    expect(json).toMatchObject({
      format: 1,
      invitations: expect.arrayContaining([expect.objectContaining({ state: 'scheduled', due: day(5) })]),
    });
  });

  test('send invites somebody before the day, and the day itself sends no second mail', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const ada = hire(connector, 'Ada', day(5));
    const grace = hire(connector, 'Grace', day(5));
    await connector.imported();
    const dry = await connector.run(['invite', 'send', String(ada.id), '--dry-run']);
    expect(dry.code).toBe(0);
    expect(connector.mailed).toEqual([]);
    const { code } = await connector.run(['invite', 'send', String(ada.id)]);
    expect(code).toBe(0);
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect((await connector.run(['invite', 'send', 'GRACE@acme.example'])).code).toBe(0);
    expect(connector.mailed).toEqual(['ada@acme.example', 'grace@acme.example']);
    const left = await connector.imported();
    expect(left.scheduled.filter(({ kind }) => kind === 'invite').map(({ employee }) => employee.id)).not.toContain(
      String(ada.id),
    );
    for (const { id } of [ada, grace]) connector.hr.apply({ kind: 'move_hire_date', person: id, to: day(0) });
    await connector.imported();
    expect(connector.mailed).toHaveLength(2);
    expect((await connector.run(['invite', 'list'])).stdout).not.toMatch(/scheduled +#104[12]/);
  });

  test('send refuses somebody with an account, and says that Learn Amp itself must resend', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.takeRequests();
    const { code, stderr } = await connector.run(['invite', 'send', String(person.id)]);
    expect(code).toBe(2);
    expect(stderr).toContain('Learn Amp can only mail an invitation when an account is made');
    expect(connector.takeRequests()).toEqual([]);
    expect(connector.mailed).toEqual([]);
  });

  test('send says so when it knows nobody of that name', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    const { code, stderr } = await connector.run(['invite', 'send', 'nobody-here']);
    expect(code).toBe(2);
    expect(stderr).toContain('Nobody called "nobody-here"');
  });

  test('one that may have been mailed is never repeated, until a person says what became of it', async ({
    connect,
  }) => {
    const path = '/v1/users/{id}/invite';
    const connector = await connect({ config: { target: { invite_call: { path }, timeout_seconds: 1 } } });
    await connector.imported();
    const person = String(plainPerson(connector.company).id);
    const send = () => connector.run(['invite', 'send', person]);
    const refused = await send();
    expect(refused.code).not.toBe(0);
    expect((await connector.run(['invite', 'resolve', person, '--sent'])).code).toBe(2);

    connector.sandbox.learnamp.faults.add({ match: { path: '/invite$' }, fault: { kind: 'timeout_after_commit' } });
    expect((await send()).code).not.toBe(0);
    expect((await connector.run(['invite', 'list'])).stdout).toMatch(new RegExp(`uncertain.*#${person}`));
    expect((await send()).stderr).toContain(`hrsync invite resolve ${person}`);
    expect((await connector.run(['status'])).stdout).toContain('May or may not have been invited');
    connector.takeRequests();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.takeRequests()).toEqual([]);

    expect((await connector.run(['invite', 'resolve', person])).code).toBe(2);
    const resolved = await connector.run(['invite', 'resolve', person, '--not-sent']);
    expect(resolved.stdout).toContain(`"hrsync invite send ${person}" mails it`);
    expect((await connector.run(['invite', 'list'])).stdout).toMatch(new RegExp(`withheld.*#${person}`));
    expect((await connector.run(['invite', 'resolve', person, '--not-sent'])).code).toBe(2);
  });
});
