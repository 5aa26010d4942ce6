import { expect, it } from 'vitest';
import { InterruptedError } from '../../../../src/errors.js';
import { createEnding } from '../../../../src/targets/360learning/ending.js';
import { type User, userSchema } from '../../../../src/targets/360learning/schema.js';

const user = (status: string): User => userSchema.parse({ _id: 'u', status });

/** An ending on a made-up 360Learning that shows these users, one after the other. */
function open(...shown: readonly (User | InterruptedError | null)[]) {
  const queue = [...shown];
  const pauses: number[] = [];
  let deletions = 0;
  const client = {
    user: async () => {
      const next = queue.shift() ?? null;
      if (next instanceof InterruptedError) throw next;
      return next;
    },
    deleteUser: async () => {
      deletions += 1;
    },
  };
  const world = { sleep: async (pause: number) => void pauses.push(pause) };
  return { ...createEnding(client, 'https://a.example', world), pauses, deletions: () => deletions };
}

it('an ending is done once the account shows it', async () => {
  const { end, pauses } = open(user('active'), user('active'), user('deleted'));
  await end('u');
  expect(pauses).toEqual([1_000]);
});

it('an ending is done where the account is gone', async () => {
  const { end, pauses } = open(user('active'), null);
  await end('u');
  expect(pauses).toEqual([]);
});

it('an account that stays usable is a failure with what to do', async () => {
  const { end } = open(...Array.from({ length: 4 }, () => user('active')));
  await expect(end('u')).rejects.toMatchObject({ name: 'RejectedError', detail: expect.stringContaining('by hand') });
});

it('nothing is sent for an account that has ended already', async () => {
  const { end, deletions } = open(user('deleted'));
  await end('u');
  expect(deletions()).toBe(0);
});

it('an ending that is stopped before it was read back is uncertain, and one that was not sent is not', async () => {
  const after = open(user('active'), new InterruptedError());
  await expect(after.end('u')).rejects.toMatchObject({ name: 'NetworkError', mayHaveHappened: true });
  const before = open(new InterruptedError());
  await expect(before.end('u')).rejects.toBeInstanceOf(InterruptedError);
});
