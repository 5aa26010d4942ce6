import { EXTERNAL_ID } from '../../core/account.js';
import { type Fields, isEmpty } from '../../core/value.js';
import type { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { createBatcher } from '../kit/batcher.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import type { MoodleClient } from './client.js';
import { type Cohorts, cohortsIn, type Move } from './cohorts.js';
import type { UserCreator } from './create-users.js';
import { Refusal, TITLE } from './errors.js';
import type { Finder } from './find.js';
import type { LookUp } from './look-up.js';
import { creationOf, type Order, type Outcome } from './orders.js';
import { customNotHeld } from './read-back.js';
import { isUntouchable, type ReadOptions } from './record.js';
import { mailLink } from './reset-link.js';
import type { MoodleSettings } from './settings.js';
import type { Site } from './site.js';
import { updateUsers } from './update-users.js';
import { userWriteOf, type WriteRules } from './user-write.js';

/** What writing somebody needs. */
export interface Parts {
  readonly client: MoodleClient;
  readonly lookUp: LookUp;
  readonly creator: UserCreator;
  readonly finder: Pick<Finder, 'holdBack'>;
  /** Null where cohorts are left alone. */
  readonly cohorts: Cohorts | null;
  readonly settings: MoodleSettings;
  readonly rules: WriteRules;
  readonly admit: () => Promise<Site>;
  readonly reading: (site: Site) => ReadOptions;
  readonly world: AdapterWorld;
}

type Writer = Pick<Target, 'create' | 'update' | 'deactivate' | 'reactivate' | 'delete'> &
  Required<Pick<Target, 'invite'>>;

/** Writes accounts; what several workers write at the same time goes in one call. */
export function createWriter(parts: Parts): Writer {
  const { client, creator, cohorts, settings, rules, admit, world } = parts;
  const batcher = createBatcher<Order, Acknowledged>(carryOut);

  async function carryOut(orders: readonly Order[]): Promise<(order: Order) => Acknowledged> {
    const site = await admit();
    const outcomes = await writeUsers(orders, site);
    const made = orders.flatMap((order) => {
      const outcome = outcomes.get(order);
      return outcome !== undefined && 'id' in outcome ? [{ order, id: outcome.id, custom: order.write.custom }] : [];
    });
    const notHeld = await customNotHeld(parts.lookUp, made, parts.reading(site), world.log);
    const outside = await joinCohorts(made);
    return (order) => {
      const outcome = outcomes.get(order) ?? { error: new Error('no outcome') };
      if ('error' in outcome) throw outcome.error;
      const unsent = order.write.unsent.map(({ field, problem }) => {
        world.log.warn(`${field} ${problem}; it is not sent`, { account: outcome.id });
        return field;
      });
      const refused = [...unsent, ...(notHeld.get(outcome.id) ?? []), ...(outside.has(order) ? ['cohorts'] : [])];
      return { accountId: outcome.id, refused };
    };
  }

  async function writeUsers(orders: readonly Order[], { mailsEarly }: Site): Promise<ReadonlyMap<Order, Outcome>> {
    const outcomes = new Map<Order, Outcome>();
    const note = (some: readonly Order[], results: readonly Outcome[]) =>
      some.forEach((order, index) => {
        const outcome = results[index];
        if (outcome !== undefined) outcomes.set(order, outcome);
      });
    // Endings are among the alterations, and must not wait for somebody's creation.
    const alterations = orders.filter((order) => order.kind === 'update');
    const empty = alterations.filter(({ write }) => Object.keys(write.parameters).length === 0);
    for (const order of empty) outcomes.set(order, { id: order.id });
    const changed = alterations.filter((order) => !empty.includes(order));
    note(changed, await updateUsers(client, changed, settings.batch));
    const creations = orders.filter((order) => order.kind === 'create');
    note(creations, await creator.create(creations, { most: settings.batch, mailsEarly }));
    return outcomes;
  }

  /** The orders whose people are not in the cohorts that they should be in. */
  async function joinCohorts(made: readonly { order: Order; id: string }[]): Promise<ReadonlySet<Order>> {
    const moves = new Map<Move, Order>();
    for (const { order, id } of made) {
      const { fields, changed, before } = order.draft;
      if (cohorts === null || fields['cohorts'] === undefined || !changed.has('cohorts')) continue;
      const known = order.kind === 'create' ? [] : before?.['cohorts'];
      const move = {
        userId: id,
        wanted: cohortsIn(fields['cohorts']),
        before: known === undefined ? known : cohortsIn(known),
      };
      moves.set(move, order);
    }
    const failures =
      cohorts === null || moves.size === 0 ? new Map<Move, HrsyncError>() : await cohorts.move([...moves.keys()]);
    const outside = new Set<Order>();
    for (const [move, error] of failures) {
      world.log.warn('the cohorts of an account were not written', { account: move.userId, error: error.message });
      const order = moves.get(move);
      if (order !== undefined) outside.add(order);
    }
    return outside;
  }

  async function touchable(accountId: string): Promise<void> {
    if (!isUntouchable(accountId, await admit())) return;
    const detail = 'hrsync never changes the guest, the first administrator and its own service user';
    throw new RejectedError('by_hand', detail);
  }

  async function alter(
    accountId: string,
    draft: AccountDraft,
    fields: Fields,
    suspended?: boolean,
  ): Promise<Acknowledged> {
    return batcher.during(async () => {
      await touchable(accountId);
      const { parameters, ...write } = userWriteOf({ fields, manager: draft.manager }, rules);
      const whole = suspended === undefined ? parameters : { ...parameters, suspended };
      return batcher.ask({
        kind: 'update',
        id: accountId,
        draft,
        write: { ...write, parameters: whole },
      });
    });
  }

  return {
    create: (draft, { invite }) =>
      batcher.during(async () => {
        await admit();
        const order = creationOf(draft, invite, { rules, settings, world });
        if (order.kind === 'create') parts.finder.holdBack(order.externalId, order.email);
        return batcher.ask(order);
      }),
    update: (accountId, draft) => alter(accountId, draft, changedIn(draft)),
    reactivate: (accountId, draft) => {
      const whole = { ...draft, changed: new Set(Object.keys(draft.fields)) };
      return alter(accountId, whole, draft.fields, false);
    },
    async deactivate(accountId) {
      await alter(accountId, NOTHING, {}, true);
    },
    async delete(accountId) {
      await touchable(accountId);
      await client.deleteUser(accountId).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        // Unknown, or deleted already.
        if (!GONE.has(error.code)) throw notDeleted(error);
      });
    },
    async invite(accountId) {
      await touchable(accountId);
      const { users } = await parts.lookUp('id', [accountId]);
      const username = users.find(({ id }) => id === accountId)?.username;
      if (!username) throw new RejectedError('unknown_account', `${TITLE} has no account ${accountId}`);
      await mailLink(client, username);
    },
  };
}

const NOTHING: AccountDraft = { fields: {}, changed: new Set(), manager: undefined };

const GONE: ReadonlySet<string> = new Set(['invalidrecordunknown', 'invalidrecord', 'invaliduser']);

function notDeleted(error: Refusal): RejectedError {
  const detail = `Moodle does not delete this account (${error.code}): an administrator does it by hand`;
  return new RejectedError('by_hand', detail, { cause: error });
}

// The employee key is kept even where nothing names it.
function changedIn({ fields, changed }: AccountDraft): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => changed.has(name) && !(name === EXTERNAL_ID && isEmpty(value))),
  );
}
