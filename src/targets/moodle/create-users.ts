import { emailKey } from '../../core/email.js';
import { HrsyncError } from '../../errors.js';
import { NetworkError, StatusError, TimeoutError } from '../../http/errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../kit/rejected.js';
import { isUsername } from './acceptable.js';
import { INVALID_RESPONSE, type MoodleClient } from './client.js';
import { Refusal } from './errors.js';
import { callsFor } from './form.js';
import { createTurns } from './in-turn.js';
import type { LookUp } from './look-up.js';
import { type Creation, type Outcome, parametersOf } from './orders.js';

/** Makes accounts in batches. */
export interface UserCreator {
  /** What became of each, in the order of the creations. */
  create(
    creations: readonly Creation[],
    options: { readonly most: number; readonly mailsEarly: boolean },
  ): Promise<readonly Outcome[]>;
  /** Whether the server may still be at work on somebody's creation, because its answer was lost a moment ago. */
  mayBeUnderWay(externalId: string): boolean;
}

/** How long the server is given to finish a call whose answer was lost, in ms: fifty accounts with mails on a busy one. */
const LONGEST_WORK = 15_000;

/**
 * Makes accounts, one call after the other: two calls at once make two accounts of one address. A call is one transaction
 * that does not say who was wrong in it, so a refused one is halved until the culprit stands alone.
 */
export function createUserCreator(
  client: Pick<MoodleClient, 'createUsers' | 'usersOfAddress'>,
  lookUp: LookUp,
  { now }: Pick<AdapterWorld, 'now'>,
): UserCreator {
  const inTurn = createTurns();
  /** When the answer was lost, in ms since 1970, by employee id. */
  const lost = new Map<string, number>();

  async function make(creations: readonly Creation[]): Promise<readonly Outcome[]> {
    try {
      const ids = await client.createUsers(creations.map(parametersOf));
      return creations.map((_, index) => ({ id: ids[index] ?? '' }));
    } catch (error) {
      if (!(error instanceof Refusal)) {
        if (mayGoOn(error)) for (const { externalId } of creations) lost.set(externalId, now().getTime());
        return creations.map(() => ({ error }));
      }
      const half = Math.ceil(creations.length / 2);
      if (half < creations.length) {
        return [...(await make(creations.slice(0, half))), ...(await make(creations.slice(half)))];
      }
      return Promise.all(creations.map((one) => makeOtherwise(one, error)));
    }
  }

  /** Why one account is refused; a name that another account bears gives way to the other one. */
  async function makeOtherwise(creation: Creation, refusal: Refusal): Promise<Outcome> {
    try {
      const { email, externalId, username, otherUsername } = creation;
      const users = await client.usersOfAddress(email);
      const bearer = users.find((user) => user.email && emailKey(user.email) === emailKey(email));
      if (bearer?.idnumber === externalId) throw alreadyMade(refusal);
      if (bearer !== undefined) {
        const detail = `account ${bearer.id} has this address; the next run links it where names agree`;
        throw new RejectedError('email_taken', detail, { cause: refusal });
      }
      const { users: named } = isUsername(username) ? await lookUp('username', [username]) : { users: [] };
      const holder = named.find((user) => user.username === username);
      if (holder === undefined) throw unexplained(refusal);
      if (holder.idnumber === externalId) throw alreadyMade(refusal);
      if (otherUsername === null) {
        throw new RejectedError('invalid_value', `the user name belongs to account ${holder.id}`, { cause: refusal });
      }
      const [made = { error: refusal }] = await make([{ ...creation, username: otherUsername, otherUsername: null }]);
      return made;
    } catch (error) {
      if (!(error instanceof HrsyncError)) throw error;
      return { error: error instanceof Refusal ? unreadable(error) : error };
    }
  }

  return {
    create: (creations, { most, mailsEarly }) =>
      inTurn(async () => {
        const outcomes = new Map<Creation, Outcome>();
        // A mail that leaves before the account is certain must not depend on somebody else's data.
        const alone = creations.filter(({ mailsPassword }) => mailsEarly && mailsPassword);
        const together = creations.filter((one) => !alone.includes(one));
        for (const some of [...alone.map((one) => [one]), ...callsFor(together, most, parametersOf)]) {
          const made = await make(some);
          some.forEach((one, index) => {
            outcomes.set(one, made[index] ?? { error: new Error('no outcome') });
          });
        }
        return creations.map((one) => outcomes.get(one) ?? { error: new Error('no outcome') });
      }),
    mayBeUnderWay: (externalId) => (lost.get(externalId) ?? Number.NEGATIVE_INFINITY) + LONGEST_WORK > now().getTime(),
  };
}

// Moodle finishes a call whose client is gone: https://www.php.net/manual/en/features.connection-handling.php
function mayGoOn(error: unknown): boolean {
  if (error instanceof StatusError) return error.status === 502 || error.status === 504;
  return error instanceof TimeoutError || (error instanceof NetworkError && error.mayHaveHappened);
}

function alreadyMade(cause: Refusal): RejectedError {
  const detail = 'an account with this external id was made by an earlier attempt; the next run links it';
  return new RejectedError('external_id_taken', detail, { cause });
}

function unexplained(refusal: Refusal): RejectedError {
  const detail = `Moodle refuses the account without saying why (${refusal.code}): is the language installed, is the plugin "auth" there, is the address allowed?`;
  return new RejectedError('other', detail, { cause: refusal });
}

function unreadable(refusal: Refusal): RejectedError {
  if (refusal.code !== INVALID_RESPONSE) return unexplained(refusal);
  const detail = `an account of this address cannot be shown by Moodle (${refusal.code}): correct it there`;
  return new RejectedError('by_hand', detail, { cause: refusal });
}
