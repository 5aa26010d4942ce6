import type { Account } from '../../core/account.js';
import { addDays, type Day, dayIn } from '../../core/day.js';
import { emailKey } from '../../core/email.js';
import { type Fields, isEmpty } from '../../core/value.js';
import { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { makePassword } from '../kit/password.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import { bodyOf, flag, hasExpired, type WriteOptions } from './body.js';
import type { LearnUponClient } from './client.js';
import { whyWithheld } from './fields.js';
import { type Groups, groupTitles } from './groups.js';
import { sendInvite } from './invite.js';
import { refusedFields } from './read-back.js';
import { accountFrom, type ReadOptions } from './record.js';
import type { User } from './schema.js';
import type { LearnUponSettings } from './settings.js';

/** What the writes of a target are made with. */
export interface WriterParts {
  readonly client: LearnUponClient;
  readonly groups: Groups;
  readonly settings: LearnUponSettings;
  readonly reading: () => Promise<ReadOptions>;
  readonly admit: () => void;
  readonly world: Pick<AdapterWorld, 'randomInt' | 'log' | 'now'>;
}

type Body = Readonly<Record<string, unknown>>;
type Writer = Pick<Target, 'create' | 'update' | 'reactivate' | 'deactivate' | 'delete'>;

/** How an account is to be after a write, and whether the write opens or closes it. */
interface Expected {
  readonly state: 'active' | 'deactivated';
  readonly turned: boolean;
}

/** The writes of a target, each with the requests that one change takes. */
export function createWriter(parts: WriterParts): Writer {
  const { client, groups, settings, reading, admit, world } = parts;
  const isOn = (value: boolean) => flag(value, settings);

  /** Looks at what was written, and at whether the account is open or closed as it should be. */
  async function proven(accountId: string, writing: WriteOptions, expected: Expected): Promise<readonly string[]> {
    if (settings.read_back === 'never' || (settings.read_back === 'disabling' && !expected.turned)) return [];
    const user = await client.user(accountId);
    if (user === null) throw gone(accountId);
    const { state } = accountFrom(user, await reading());
    if (state !== expected.state && state !== 'unknown') throw otherwise(accountId, state);
    return settings.read_back === 'always' ? refusedFields(writing, user, { ...(await reading()), settings }) : [];
  }

  /** A writing without a leave date that has passed, and the fields that are not sent for that. */
  async function inTime(
    writing: WriteOptions,
  ): Promise<{ readonly writing: WriteOptions; readonly unsent: readonly string[] }> {
    if (!hasExpired(writing, (await reading()).today, settings)) return { writing, unsent: [] };
    world.log.warn('a leave date that has passed is not sent: it would close the account at once', {});
    return { writing: { ...writing, fields: { ...writing.fields, leave_date: null } }, unsent: ['leave_date'] };
  }

  // Groups are kept apart from users.
  async function syncGroups(accountId: string, fields: Fields): Promise<readonly string[]> {
    if (fields['groups'] === undefined || whyWithheld('groups', settings) !== null) return [];
    return (await groups.sync(accountId, groupTitles(fields['groups']))) ? [] : ['groups'];
  }

  async function put(accountId: string, body: Body): Promise<void> {
    await client.updateUser(accountId, body).catch(async (error: unknown) => {
      throw await explained(error, accountId);
    });
  }

  // 404 also means a body that LearnUpon does not understand.
  async function explained(error: unknown, accountId: string): Promise<unknown> {
    if (!(error instanceof RejectedError) || error.reason !== 'unknown_account') return error;
    if ((await client.user(accountId)) === null) return error;
    return new RejectedError('other', `LearnUpon answered 404 although it has user ${accountId}: ${error.detail}`, {
      cause: error,
    });
  }

  /** The body with addresses as an update takes them: one that changes as `new_email`, one that stays as `email`. */
  async function addressed(accountId: string, body: Body, draft: AccountDraft): Promise<Body> {
    const { email: _, username: __, ...rest } = body;
    const { fields, changed } = draft;
    const moves = changed.has('email') || changed.has('username');
    const user = moves ? await client.user(accountId) : null;
    if (moves && user === null) throw new RejectedError('unknown_account', `LearnUpon has no user ${accountId}`);
    return {
      ...rest,
      ...identifier('email', fields, user, changed.has('email')),
      ...identifier('username', fields, user, changed.has('username')),
    };
  }

  async function change(
    accountId: string,
    draft: AccountDraft,
    extra: Body,
    expected: Expected,
  ): Promise<readonly string[]> {
    const { custom } = await reading();
    const fields = only(draft.fields, (name) => draft.changed.has(name));
    const { writing, unsent } = await inTime({ fields, manager: draft.manager });
    const body = { ...bodyOf(writing, custom, settings), ...extra };
    if (Object.keys(body).length === 0) return syncGroups(accountId, fields);
    await put(accountId, await addressed(accountId, body, draft));
    const refused = await proven(accountId, writing, expected);
    return [...unsent, ...refused, ...(await syncGroups(accountId, fields))];
  }

  async function createUser(draft: AccountDraft, closed: boolean): Promise<Acknowledged> {
    const { custom } = await reading();
    const filled = only(draft.fields, (_, value) => !isEmpty(value));
    const { writing: made, unsent } = await inTime({ fields: filled, manager: draft.manager ?? undefined });
    const writing = { ...made, fields: only(made.fields, (_, value) => !isEmpty(value)) };
    const id = await client
      .createUser({
        ...bodyOf(writing, custom, settings),
        password: makePassword(settings.password_policy, world.randomInt),
        change_password_on_first_login: isOn(settings.invite_strategy !== 'create_sso'),
        enabled: isOn(!closed),
      })
      .catch((error: unknown) => {
        throw notUnknown(error);
      });
    const accountId = String(id);
    try {
      const refused = await proven(accountId, writing, { state: closed ? 'deactivated' : 'active', turned: closed });
      return { accountId, refused: [...unsent, ...refused, ...(await syncGroups(accountId, writing.fields))] };
    } catch (error) {
      // The account is made: what failed afterwards must not undo that knowledge, nor vouch for what was not seen.
      if (!(error instanceof HrsyncError)) throw error;
      world.log.warn('a new account could not be looked at or finished', { account: accountId, error: error.message });
      return { accountId, refused: Object.keys(writing.fields) };
    }
  }

  return {
    async create(draft, { invite, closed = false }) {
      admit();
      if (invite && settings.invite_strategy === 'invite') {
        return sendInvite(client, draft, (await reading()).custom, settings);
      }
      return createUser(draft, closed);
    },
    async update(accountId, draft) {
      admit();
      const state = draft.closed ? 'deactivated' : 'active';
      return { accountId, refused: await change(accountId, draft, {}, { state, turned: false }) };
    },
    async reactivate(accountId, draft) {
      admit();
      // An expiry that has passed would keep the account closed.
      const expiry = settings.deactivate_how === 'expiry' && draft.fields['leave_date'] === undefined;
      const extra = { enabled: isOn(true), ...(expiry && { account_expires: settings.clear_value }) };
      const whole = { ...draft, changed: new Set(Object.keys(draft.fields)) };
      return { accountId, refused: await change(accountId, whole, extra, { state: 'active', turned: true }) };
    },
    async deactivate(accountId) {
      admit();
      const { today } = await reading();
      await put(
        accountId,
        settings.deactivate_how === 'expiry' ? { account_expires: past(today) } : { enabled: isOn(false) },
      );
      await proven(accountId, NOTHING, { state: 'deactivated', turned: true });
    },
    async delete(accountId) {
      admit();
      await client.deleteUser(accountId);
      if (settings.read_back === 'never' || (await client.user(accountId)) === null) return;
      throw new RejectedError('other', `LearnUpon answered success and shows user ${accountId} still; delete it there`);
    },
  };

  // Nothing says in which zone an expiry is read, so the day must have passed in every one that may be meant.
  function past(today: Day): Day {
    const inUtc = dayIn('UTC', world.now());
    return addDays(inUtc < today ? inUtc : today, -1);
  }
}

const NOTHING: WriteOptions = { fields: {}, manager: undefined };

function gone(accountId: string): RejectedError {
  return new RejectedError('unknown_account', `LearnUpon has no user ${accountId} any more`);
}

function otherwise(accountId: string, shown: Account['state']): RejectedError {
  const what = `LearnUpon answered success, and the account is ${shown === 'active' ? 'active still' : shown}`;
  const next =
    shown === 'active'
      ? 'if that stays so, try boolean_encoding: string'
      : `if somebody closed user ${accountId} by hand, "hrsync verify --repair" opens it again`;
  return new RejectedError('other', `${what}; ${next}`);
}

function identifier(name: 'email' | 'username', fields: Fields, user: User | null, changed: boolean): Body {
  const wanted = fields[name];
  if (wanted === undefined || isEmpty(wanted)) return {};
  const stays = !changed || (user?.[name] != null && emailKey(user[name]) === emailKey(String(wanted)));
  return { [stays ? name : `new_${name}`]: String(wanted) };
}

function only(fields: Fields, keep: (name: string, value: Fields[string]) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => keep(name, value)));
}

// Nobody is unknown where nobody was named.
function notUnknown(error: unknown): unknown {
  const unknown = error instanceof RejectedError && error.reason === 'unknown_account';
  return unknown ? new RejectedError('other', error.detail, { cause: error }) : error;
}
