import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { type Fields, isEmpty } from '../../core/value.js';
import { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import type { LearnAmpClient } from './client.js';
import { leftoverTeams, refusedFields } from './echo.js';
import { whyWithheld } from './fields.js';
import { accountFrom, bodyOf, teamNamesIn, type WriteOptions } from './record.js';
import type { User } from './schema.js';
import type { LearnAmpSettings } from './settings.js';
import type { Teams } from './teams.js';

type Writer = Pick<Target, 'create' | 'update' | 'reactivate' | 'deactivate' | 'delete'>;

/** Fields that every update carries: the table of https://developers.learnamp.com/#update-a-user marks them required. */
const ALWAYS = ['email', 'first_name', 'last_name'];

/** The writes of a target, each with the requests that one change takes. */
export function createWriter(
  client: LearnAmpClient,
  teams: Teams,
  settings: LearnAmpSettings,
  log: AdapterWorld['log'],
): Writer {
  async function writing(fields: Fields, manager: AccountDraft['manager']): Promise<WriteOptions> {
    const sent = only(fields, (name) => whyWithheld(name, settings) === null);
    return { fields: sent, manager, teamIds: await teams.idsOf(teamNamesIn(sent)) };
  }

  async function put(
    accountId: string,
    fields: Fields,
    { manager, closed = false }: Pick<AccountDraft, 'manager' | 'closed'>,
  ): Promise<Acknowledged> {
    const written = await writing(fields, manager);
    const user = await client.updateUser(accountId, bodyOf(written, settings)).catch(async (error: unknown) => {
      throw await explained(error, accountId, fields);
    });
    if (!closed && accountFrom(user).state === 'deactivated') throw foundClosed(accountId);
    return { accountId, refused: refusedFields(written, await withoutLeftovers(written, user), settings) };
  }

  // An unknown custom field is answered as an unknown user is, word for word.
  async function explained(error: unknown, accountId: string, fields: Fields): Promise<unknown> {
    if (!isUnknownAccount(error) || customFieldsIn(fields).length === 0) return error;
    return (await client.user(accountId)) === null ? error : unknownCustomField(error, fields);
  }

  async function withoutLeftovers(written: WriteOptions, user: User): Promise<User> {
    if (settings.secondary_teams_mode === 'replace') return user;
    const leftover = leftoverTeams(written, user);
    for (const team of leftover) await client.removeFromTeam(team.id, user.id);
    return { ...user, secondaryTeams: user.secondaryTeams?.filter((team) => !leftover.includes(team)) };
  }

  // The API may refuse what is so already; nothing says which answer it gives.
  async function open(accountId: string): Promise<void> {
    try {
      await client.reactivateUser(accountId);
    } catch (error) {
      if (!mayBeSo(error)) throw error;
      const user = await client.user(accountId);
      if (user === null || accountFrom(user).state !== 'active') throw error;
    }
  }

  function mayBeSo(error: unknown): error is RejectedError {
    return error instanceof RejectedError && settings.deactivate_already_inactive === 'ok';
  }

  // The answer to a deactivation is empty, so only the account itself proves it.
  async function close(accountId: string): Promise<void> {
    const refusal = await client.deactivateUser(accountId).then(
      () => null,
      (error: unknown) => {
        if (mayBeSo(error)) return error;
        throw error;
      },
    );
    const user = await client.user(accountId);
    if (user === null) throw refusal ?? new RejectedError('unknown_account', `Learn Amp has no account ${accountId}`);
    const { state } = accountFrom(user);
    if (state === 'deactivated') return;
    if (refusal !== null) throw refusal;
    if (state === 'active') throw notEnded(accountId, 'deactivation', user);
  }

  return {
    /** `occupation_role` is documented for updates only, so it follows in a second request. */
    async create(draft, { invite }) {
      const { occupation_role, ...fields } = only(draft.fields, (_, value) => !isEmpty(value));
      const written = await writing(fields, draft.manager ?? undefined);
      const body = { ...bodyOf(written, settings), ...(!invite && { skipInvitation: true }) };
      const user = await client.createUser(body).catch((error: unknown) => {
        throw isUnknownAccount(error) ? unknownCustomField(error, fields) : error;
      });
      const accountId = String(user.id);
      const refused = refusedFields(written, user, settings);
      if (occupation_role === undefined) return { accountId, refused };
      try {
        const rest = await put(accountId, { ...only(fields, isAlways), occupation_role }, { manager: undefined });
        return { accountId, refused: [...refused, ...rest.refused] };
      } catch (error) {
        // The account is made, and its invitation may be mailed: what failed afterwards must not undo that knowledge.
        if (!(error instanceof HrsyncError)) throw error;
        log.warn('a new account could not be given its occupation role', { account: accountId, error: error.name });
        return { accountId, refused: [...refused, 'occupation_role'] };
      }
    },
    async update(accountId, draft) {
      const touched = [...draft.changed].filter((name) => whyWithheld(name, settings) === null);
      if (touched.length === 0 && draft.manager === undefined) return { accountId, refused: [] };
      const fields = only(draft.fields, (name) => isAlways(name) || draft.changed.has(name));
      return put(accountId, fields, draft);
    },
    /** Deactivation took the account out of its teams, and its manager away: everything is written again. */
    async reactivate(accountId, draft) {
      await open(accountId);
      return put(accountId, draft.fields, { manager: draft.manager });
    },
    deactivate: close,
    async delete(accountId) {
      await client.deleteUser(accountId);
      const user = await client.user(accountId);
      if (user !== null) throw notEnded(accountId, 'deletion', user);
    },
  };
}

function only(fields: Fields, keep: (name: string, value: Fields[string]) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => keep(name, value)));
}

function isAlways(name: string): boolean {
  return ALWAYS.includes(name);
}

function foundClosed(accountId: string): RejectedError {
  const detail = `account ${accountId} is deactivated in Learn Amp, so the change does not count as done`;
  return new RejectedError('other', `${detail}; "hrsync verify --repair" opens it again, where HR wants it open`);
}

function notEnded(accountId: string, ending: string, { status }: User): RejectedError {
  const shown = status?.status ? ` with the status "${status.status}"` : '';
  const detail = `Learn Amp answered the ${ending} with success and shows account ${accountId} still${shown}`;
  return new RejectedError('other', `${detail}; end it there by hand if the next run cannot`);
}

function isUnknownAccount(error: unknown): error is RejectedError {
  return error instanceof RejectedError && error.reason === 'unknown_account';
}

function customFieldsIn(fields: Fields): readonly string[] {
  const names = Object.keys(fields).filter((name) => name.startsWith(CUSTOM_FIELD_PREFIX));
  return names.map((name) => name.slice(CUSTOM_FIELD_PREFIX.length));
}

function unknownCustomField(cause: RejectedError, fields: Fields): RejectedError {
  const names = customFieldsIn(fields).map((name) => `"${name}"`);
  const detail =
    names.length === 0 ? cause.detail : `Learn Amp has no custom field ${names.join(' or ')} (${cause.detail})`;
  return new RejectedError('unknown_reference', detail, { cause });
}
