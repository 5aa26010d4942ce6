import { describe, expect, it } from 'vitest';
import { AnswerError, TimeoutError } from '../../../../src/http/errors.js';
import { createUserCreator } from '../../../../src/targets/moodle/create-users.js';
import { creationOf, type Order } from '../../../../src/targets/moodle/orders.js';
import { moodleOf, settingsWith } from './made-up.js';

const fields = (number: number, changes: object = {}) => ({
  ...{ external_id: `E-${number}`, email: `person.${number}@acme.example`, first_name: 'Zoë', last_name: 'Müller' },
  ...changes,
});

function order(number: number, changes: object = {}, invite = false): Extract<Order, { kind: 'create' }> {
  const draft = { fields: fields(number, changes), changed: new Set<string>(), manager: undefined };
  const rules = { managerTo: undefined, isFlag: () => false };
  const made = creationOf(draft, invite, { rules, settings: settingsWith(), world: { randomInt: () => 0 } });
  if (made.kind !== 'create') throw new Error('no creation');
  return made;
}

const world = { now: () => new Date(0) };
const FIFTY = { most: 50, mailsEarly: false };

describe('making accounts in Moodle', () => {
  it('makes many in one call', async () => {
    const { client, lookUp, calls } = moodleOf([]);
    const made = await createUserCreator(client, lookUp, world).create([order(1), order(2), order(3)], FIFTY);
    expect(made).toEqual([{ id: '100' }, { id: '101' }, { id: '102' }]);
    expect(calls).toEqual(['create person.1@acme.example person.2@acme.example person.3@acme.example']);
  });

  it('halves a refused call until the one stands alone, and makes all others', async () => {
    const { client, lookUp, users } = moodleOf([]);
    const orders = Array.from({ length: 20 }, (_, number) => order(number, number === 7 ? { language: 'xx' } : {}));
    const made = await createUserCreator(client, lookUp, world).create(orders, FIFTY);
    expect(users).toHaveLength(19);
    expect(made.filter((outcome) => 'error' in outcome)).toHaveLength(1);
    expect(made[7]).toMatchObject({ error: { name: 'RejectedError', reason: 'other' } });
  });

  it('says that an address is taken, whatever its capitals', async () => {
    const { client, lookUp } = moodleOf([{ email: 'Person.1@ACME.example', username: 'someone' }]);
    const [made] = await createUserCreator(client, lookUp, world).create([order(1)], FIFTY);
    expect(made).toMatchObject({ error: { reason: 'email_taken' } });
  });

  it('takes the employee id as the user name where another account bears the address as its name', async () => {
    const { client, lookUp, users } = moodleOf([{ username: 'person.1@acme.example', email: 'x@acme.example' }]);
    const [made] = await createUserCreator(client, lookUp, world).create([order(1)], FIFTY);
    expect(made).toEqual({ id: '101' });
    expect(users.at(-1)?.username).toBe('e-1');
  });

  it('takes the employee id as the user name of an address that Moodle does not take for one', () => {
    expect(order(1, { email: "o'brien+x@acme.example", external_id: 'Ä/1' }).username).toBe('--1');
    expect(order(1, { email: 'Zoe@ACME.example' }).username).toBe('zoe@acme.example');
  });

  it('never gives a mapped user name up for another', async () => {
    const { client, lookUp } = moodleOf([{ username: 'zoe', email: 'x@acme.example' }]);
    const [made] = await createUserCreator(client, lookUp, world).create([order(1, { username: 'zoe' })], FIFTY);
    expect(made).toMatchObject({ error: { reason: 'invalid_value' } });
  });

  it('does not make a second account where an earlier attempt made one', async () => {
    const { client, lookUp, users } = moodleOf([
      { username: 'person.1@acme.example', idnumber: 'E-1', email: 'old@acme.example' },
    ]);
    const [made] = await createUserCreator(client, lookUp, world).create([order(1)], FIFTY);
    expect(made).toMatchObject({ error: { reason: 'external_id_taken' } });
    expect(users).toHaveLength(1);
  });

  it('makes people one by one where their mail leaves before the account is certain', async () => {
    const { client, lookUp, calls } = moodleOf([]);
    const orders = [order(1, {}, true), order(2), order(3, {}, true), order(4)];
    await createUserCreator(client, lookUp, world).create(orders, { most: 50, mailsEarly: true });
    expect(calls.map((call) => call.split(' ').length - 1)).toEqual([1, 1, 2]);
  });

  it('gives the server some seconds for a creation whose answer was lost, and none where it answered', async () => {
    const { client, lookUp } = moodleOf([]);
    let seconds = 0;
    const clock = { now: () => new Date(seconds * 1_000) };
    const facts = { system: 'Moodle', method: 'POST', url: 'https://moodle.example', attempts: 1 };
    const errors = [new TimeoutError(facts, 60), new AnswerError(facts, 200, 'an HTML page instead of JSON')];
    const lost = { ...client, createUsers: () => Promise.reject(errors.shift() ?? new Error('no more')) };
    const creator = createUserCreator(lost, lookUp, clock);
    expect(await creator.create([order(1)], FIFTY)).toMatchObject([{ error: { name: 'TimeoutError' } }]);
    expect(await creator.create([order(2)], FIFTY)).toMatchObject([{ error: { name: 'AnswerError' } }]);
    expect([creator.mayBeUnderWay('E-1'), creator.mayBeUnderWay('E-2')]).toEqual([true, false]);
    seconds = 16;
    expect(creator.mayBeUnderWay('E-1')).toBe(false);
  });
});
