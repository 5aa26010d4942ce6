import { describe, expect, it } from 'vitest';
import { silentLog } from '../../../../src/http/log.js';
import { createFinder } from '../../../../src/targets/moodle/find.js';
import { accountFrom } from '../../../../src/targets/moodle/record.js';
import type { User } from '../../../../src/targets/moodle/schema.js';
import { moodleOf } from './made-up.js';

const READING = {
  zone: 'UTC',
  isRaw: true,
  shortnames: [],
  managerTo: undefined,
  site: { userId: '3', formerUserIds: new Set<string>() },
};

function open(users: readonly Partial<User>[], { odd = [] as readonly string[], lost = [] as readonly string[] } = {}) {
  const moodle = moodleOf(users, odd);
  const sleeps: number[] = [];
  const finder = createFinder({
    ...{ client: moodle.client, lookUp: moodle.lookUp, concurrency: 2 },
    read: async (user) => accountFrom(user, READING),
    mayBeUnderWay: (externalId) => lost.includes(externalId),
    world: { log: silentLog, sleep: async (milliseconds) => void sleeps.push(milliseconds) },
  });
  return { ...moodle, finder, sleeps };
}

const people = (count: number, email: (number: number) => string) =>
  Array.from({ length: count }, (_, number) => ({ externalId: `E-${number}`, email: email(number) }));

describe('looking for somebody in Moodle', () => {
  it('asks for one person in two calls, whatever the capitals of the address', async () => {
    const { finder, calls } = open([{ email: 'Zoe@ACME.example' }, { email: 'zoe@acme.example' }]);
    const found = await finder.find([{ externalId: 'E-1', email: 'zoE@acme.example' }]);
    expect(found.map(({ id }) => id)).toEqual(['10', '11']);
    expect(calls).toEqual(['idnumber 1', 'criteria zoE@acme.example']);
  });

  it('asks for many at once, and for a few alone to see whether the site holds other spellings', async () => {
    const { finder, calls } = open([{ email: 'p7@acme.example' }]);
    const found = await finder.find(people(400, (number) => `p${number}@acme.example`));
    expect(found.map(({ email }) => email)).toEqual(['p7@acme.example']);
    expect(calls.filter((call) => !call.startsWith('criteria'))).toEqual(['idnumber 400', 'email 400']);
    expect(calls.filter((call) => call.startsWith('criteria')).length).toBeLessThanOrEqual(10);
  });

  it('finds everybody where the site holds other spellings than HR', async () => {
    const { finder } = open(Array.from({ length: 60 }, (_, number) => ({ email: `First.Last${number}@Acme.example` })));
    const found = await finder.find(people(60, (number) => `first.last${number}@acme.example`));
    expect(found).toHaveLength(60);
  });

  it('finds everybody else although one account cannot be shown, and makes no second one for its owner', async () => {
    const users = Array.from({ length: 30 }, (_, number) => ({ id: String(number), idnumber: `E-${number}` }));
    const { finder } = open(users, { odd: ['17'] });
    const found = await finder.find(people(30, (number) => `p${number}@acme.example`));
    expect(found).toHaveLength(29);
    expect(() => finder.holdBack('E-17', 'p17@acme.example')).toThrow(/cannot show/);
    expect(() => finder.holdBack('E-16', 'p16@acme.example')).not.toThrow();
  });

  it('goes on although Moodle does not take one of the values', async () => {
    const { finder } = open([{ idnumber: 'E-2' }]);
    const keys = [
      { externalId: 'a b', email: null },
      { externalId: 'E-2', email: null },
    ];
    expect(await finder.find(keys)).toMatchObject([{ externalId: 'E-2' }]);
  });

  it('asks for nobody by what no account can hold', async () => {
    const { finder, calls } = open([{ email: 'jürgen@acme.example', idnumber: '0' }]);
    expect(await finder.find([{ externalId: '0', email: 'jürgen@acme.example' }])).toEqual([]);
    expect(calls).toEqual([]);
  });

  it('waits for a server that may still be at work on a lost creation', async () => {
    const { finder, sleeps } = open([{ idnumber: 'E-2' }], { lost: ['E-1'] });
    expect(await finder.find([{ externalId: 'E-2', email: null }])).toHaveLength(1);
    expect(sleeps).toEqual([]);
    expect(await finder.find([{ externalId: 'E-1', email: null }])).toEqual([]);
    expect(sleeps.length).toBeGreaterThan(2);
  });
});
