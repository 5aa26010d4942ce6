import { addDays } from '../../core/day.js';
import { emailKey } from '../../core/email.js';
import { type Fields, isEmpty } from '../../core/value.js';
import { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import { bodyOf, flag, type Writing } from './body.js';
import type { LearnUponClient } from './client.js';
import { whyWithheld } from './fields.js';
import { type Groups, groupTitles } from './groups.js';
import { sendInvite } from './invite.js';
import { makePassword } from './password.js';
import { refusedFields } from './read-back.js';
import { accountFrom, type Reading } from './record.js';
import type { User } from './schema.js';
import type { LearnUponSettings } from './settings.js';

/** What the writes of a target are made with. */
export interface WriterParts {
  readonly client: LearnUponClient;
  readonly groups: Groups;
  readonly settings: LearnUponSettings;
  readonly reading: () => Promise<Reading>;
  readonly admit: () => void;
  readonly world: Pick<AdapterWorld, 'randomInt' | 'log'>;
}

type Body = Readonly<Record<string, unknown>>;

/** The writes of a target, each with the requests that one change takes. */
export function createWriter(parts: WriterParts): Pick<Target, 'create' | 'update' | 'reactivate' | 'deactivate'> {
  const { client, groups, settings, reading, admit, world } = parts;
  const isOn = (value: boolean) => flag(value, settings);

  async function proven(accountId: string, writing: Writing): Promise<readonly string[]> {
    if (settings.read_back !== 'always') return [];
    const user = await client.user(accountId);
    if (user === null) throw new RejectedError('unknown_account', `LearnUpon does not show user ${accountId}`);
    return refusedFields(writing, user, { ...(await reading()), settings });
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

  async function change(accountId: string, draft: AccountDraft, extra: Body): Promise<readonly string[]> {
    const { custom } = await reading();
    const fields = only(draft.fields, (name) => draft.changed.has(name));
    const writing = { fields, manager: draft.manager };
    const body = { ...bodyOf(writing, custom, settings), ...extra };
    if (Object.keys(body).length === 0) return syncGroups(accountId, fields);
    await put(accountId, await addressed(accountId, body, draft));
    return [...(await proven(accountId, writing)), ...(await syncGroups(accountId, fields))];
  }

  async function mustShow(accountId: string, state: 'active' | 'deactivated'): Promise<void> {
    if (settings.read_back === 'never') return;
    const user = await client.user(accountId);
    if (user === null) throw new RejectedError('unknown_account', `LearnUpon has no user ${accountId} any more`);
    const shown = accountFrom(user, await reading()).state;
    if (shown === state || shown === 'unknown') return;
    const hint = 'if that stays so, try boolean_encoding: string';
    throw new RejectedError('other', `LearnUpon answered success, and the account is ${shown} still; ${hint}`);
  }

  async function createUser(draft: AccountDraft, closed: boolean): Promise<Acknowledged> {
    const { custom } = await reading();
    const writing = { fields: only(draft.fields, (_, value) => !isEmpty(value)), manager: draft.manager ?? undefined };
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
      const refused = [...(await proven(accountId, writing)), ...(await syncGroups(accountId, writing.fields))];
      if (closed) await mustShow(accountId, 'deactivated');
      return { accountId, refused };
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
      return { accountId, refused: await change(accountId, draft, {}) };
    },
    async reactivate(accountId, draft) {
      admit();
      // An expiry that has passed would keep the account closed.
      const expiry = settings.deactivate_how === 'expiry' && draft.fields['leave_date'] === undefined;
      const extra = { enabled: isOn(true), ...(expiry && { account_expires: settings.clear_value }) };
      const refused = await change(accountId, { ...draft, changed: new Set(Object.keys(draft.fields)) }, extra);
      await mustShow(accountId, 'active');
      return { accountId, refused };
    },
    async deactivate(accountId) {
      admit();
      const yesterday = addDays((await reading()).today, -1);
      await put(
        accountId,
        settings.deactivate_how === 'expiry' ? { account_expires: yesterday } : { enabled: isOn(false) },
      );
      await mustShow(accountId, 'deactivated');
    },
  };
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
