import { describe, expect } from 'vitest';
import { test } from '../../support/connector.js';
import { Learning360 } from '../../support/learning360.js';
import { plainPeople } from '../../support/people.js';

describe('verify on 360Learning, where values and managers are read one account at a time', () => {
  test('finds what somebody removed by hand, and --repair brings it back', async ({ connect }) => {
    const stage = await Learning360.open(connect);
    const { connector, platform } = stage;
    await stage.imported();
    expect((await connector.run(['verify'])).stdout).toMatch(/^acme: no drift: \d+ accounts compared/);

    const badged = plainPeople(connector.company).filter((person) => stage.values(stage.user(person))['Badge']);
    const [stripped, orphan, removed] = badged;
    if (!stripped || !orphan || !removed) throw new Error('too few people');
    const values = stage.values(stage.user(stripped));
    const field = [...platform.customFields.values()].find(({ name }) => name === 'Badge');
    platform.valuesOf(stage.user(stripped).id).delete(field?.id ?? '');
    platform.managersOf(stage.user(orphan).id).clear();
    platform.remove(stage.user(removed));

    const { code, stdout } = await connector.run(['verify', '--json']);
    expect(code).toBe(3);
    const { drift } = JSON.parse(stdout);
    expect(drift).toHaveLength(3);
    expect(drift).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          employee: expect.objectContaining({ id: String(stripped.id) }),
          fields: { 'custom_fields.Badge': { before: Number(values['Badge']), now: null } },
        }),
        expect.objectContaining({ fields: { manager: { before: String(orphan.supervisorId), now: null } } }),
        expect.objectContaining({ employee: expect.objectContaining({ id: String(removed.id) }), kind: 'deactivated' }),
      ]),
    );
    const repaired = await connector.json(['verify', '--repair']);
    expect(repaired.exit_code).toBe(0);
    expect(repaired.changes.map(({ employee }) => Number(employee.id)).toSorted()).toEqual(
      [stripped.id, orphan.id, removed.id].toSorted(),
    );
    expect(stage.values(stage.user(stripped))).toEqual(values);
    expect([...platform.managersOf(stage.user(orphan).id)]).toEqual([stage.user({ id: orphan.supervisorId ?? 0 }).id]);
    expect((await connector.run(['verify'])).code).toBe(0);
    await stage.expectQuiet();
  });

  test('a custom field that somebody removed is made again with everybody’s values, others stay as they are', async ({
    connect,
  }) => {
    const stage = await Learning360.open(connect);
    const { connector, platform } = stage;
    await stage.imported();
    const people = plainPeople(connector.company);
    const held = people.map((person) => stage.values(stage.user(person)));
    const shirt = platform.addCustomField('T-shirt', 'string');
    for (const person of people) platform.valuesOf(stage.user(person).id).set(shirt.id, 'XL');
    for (const field of [...platform.customFields.values()].filter(({ name }) => /Badge|Certified/.test(name))) {
      platform.customFields.delete(field.id);
      for (const { id } of platform.users.values()) platform.valuesOf(id).delete(field.id);
    }
    expect((await connector.run(['verify'])).code).toBe(3);
    const count = String(platform.users.size);
    expect((await connector.json(['verify', '--repair', '--allow', `update=${count}`])).exit_code).toBe(0);
    const types = [...platform.customFields.values()].map(({ name, type }) => `${name}: ${type}`).sort();
    expect(types).toEqual(['Badge: string', 'Certified on: date', 'Cost centre: string', 'T-shirt: string']);
    expect(people.map((person) => stage.values(stage.user(person)))).toEqual(
      held.map((values) => ({ ...values, 'T-shirt': 'XL' })),
    );
    expect((await connector.run(['verify'])).code).toBe(0);
    await stage.expectQuiet();
  });

  test('a mapped custom field that is missing stops the run, unless the target makes it', async ({ connect }) => {
    const stage = await Learning360.open(connect, { config: { target: { create_custom_fields: false } } });
    const { code, stderr } = await stage.connector.run(['import-all']);
    expect(code).toBe(2);
    expect(stderr).toContain('- Badge: 360Learning has no field "Badge"');
    expect(stage.takeWrites()).toEqual([]);
    await stage.configure({ target: { create_custom_fields: true } });
    expect((await stage.connector.run(['check'])).stdout).toContain('the field will be made');
    await stage.imported();
  });
});
