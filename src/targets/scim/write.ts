import { UNKNOWN } from '../../core/account.js';
import { caseless } from '../../core/caseless.js';
import { type Fields, isEmpty } from '../../core/value.js';
import { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import { assignmentsOf, mergedUser, newUser, userNameField, userNameIn } from './body.js';
import { PATHS, WORK_ENTRIES } from './catalogue.js';
import type { ScimClient } from './client.js';
import { type Groups, groupNames } from './groups.js';
import type { ManagerReference } from './managers.js';
import { type Assignment, operationsFor } from './patch.js';
import { type Resource, valueAt } from './path.js';
import { proveEnded, proveOpen } from './proof.js';
import type { ReadOptions } from './reading.js';
import { ownedGroupsOf, userNameOf } from './record.js';
import { explainTaken, refuseIfTaken } from './taken.js';

/** What the writes of a target are made with. */
export interface WriterParts {
  readonly client: ScimClient;
  readonly groups: Groups;
  readonly managers: ManagerReference;
  readonly reading: ReadOptions;
  readonly log: AdapterWorld['log'];
}

type Writer = Pick<Target, 'create' | 'update' | 'reactivate' | 'deactivate' | 'delete'>;

const USER_NAME = 'userName';
const ACTIVE = 'active';
const OPEN: Assignment = { path: ACTIVE, value: true };

interface NameChange {
  readonly name: string | null;
  /** Fields that are left as they are. */
  readonly refused: readonly string[];
}

const NO_CHANGE: NameChange = { name: null, refused: [] };

/** The writes of a target, each with the requests that one change takes. */
export function createWriter({ client, groups, managers, reading, log }: WriterParts): Writer {
  const { settings } = reading;
  const { dialect, write, read_back } = settings;

  async function existing(accountId: string): Promise<Resource> {
    const user = await client.user(accountId);
    if (user === null) throw new RejectedError('unknown_account', `the server has no user ${accountId}`);
    return user;
  }

  /** Sends assignments, as they are or within the whole user; gives the user as it should be then. */
  async function send(accountId: string, assignments: readonly Assignment[], user: Resource): Promise<Resource> {
    if (assignments.length === 0) return user;
    const merged = mergedUser(user, assignments);
    if (write === 'put') await client.putUser(accountId, merged);
    else await client.patchUser(accountId, operationsFor(assignments, dialect));
    return merged;
  }

  /**
   * The user name that these fields change, null for none, and the fields that stay for it. It goes in a request of its own,
   * after everything else: where it cannot be changed, a server takes nothing else of that request.
   */
  async function nameChange(
    accountId: string,
    fields: Fields,
    draft: AccountDraft,
    user: Resource,
  ): Promise<NameChange> {
    const field = userNameField(draft.fields, reading);
    if (!Object.hasOwn(fields, field) || (field === 'email' && isEmpty(fields[field]))) return NO_CHANGE;
    const name = userNameIn(fields, reading);
    if (caseless(userNameOf(user) ?? '') === caseless(name)) return NO_CHANGE;
    // The plan tells of it.
    if (settings.user_name_changes === 'refuse') return { name: null, refused: field === 'user_name' ? [field] : [] };
    await refuseIfTaken(client, name, accountId);
    return { name, refused: [] };
  }

  /** Sends assignments, and the user name after them. */
  async function sendAll(
    accountId: string,
    assignments: readonly Assignment[],
    user: Resource,
    name: string | null,
  ): Promise<void> {
    const after = await send(accountId, assignments, user);
    if (name === null) return;
    await send(accountId, [{ path: USER_NAME, value: name }], after).catch(async (error: unknown) => {
      throw await explainTaken(client, error, name);
    });
  }

  async function syncGroups(accountId: string, fields: Fields, known: readonly string[]): Promise<void> {
    if (fields['groups'] === undefined || settings.groups === 'off') return;
    await groups.sync(accountId, groupNames(fields['groups']), known);
  }

  async function make(draft: AccountDraft, closed: boolean): Promise<Acknowledged> {
    const fields = only(draft.fields, (_, value) => !isEmpty(value));
    const name = userNameIn(fields, reading);
    const written = assignmentsOf({ fields, manager: (await managers(draft.manager)) ?? undefined }, {}, reading);
    const body = newUser([{ path: USER_NAME, value: name }, { path: ACTIVE, value: !closed }, ...written]);
    const accountId = await client.createUser(body).catch(async (error: unknown) => {
      throw await explainTaken(client, error, name);
    });
    return { accountId, refused: await finish(accountId, fields, closed) };
  }

  /** What follows once an account is made. A failure must not undo that knowledge, nor vouch for fields that were not seen. */
  async function finish(accountId: string, fields: Fields, closed: boolean): Promise<readonly string[]> {
    const unless = async (work: Promise<void>, unproven: readonly string[]): Promise<readonly string[]> => {
      try {
        await work;
        return [];
      } catch (error) {
        if (!(error instanceof HrsyncError)) throw error;
        log.warn('a new account could not be finished or looked at', { account: accountId, error: error.message });
        return unproven;
      }
    };
    const refused = await unless(syncGroups(accountId, fields, []), ['groups']);
    if (refused.length > 0 || read_back !== 'always') return refused;
    return unless((closed ? proveEnded : proveOpen)(client, accountId), Object.keys(fields));
  }

  async function edit(accountId: string, draft: AccountDraft): Promise<Acknowledged> {
    const fields = only(draft.fields, (name) => draft.changed.has(name));
    const known = draft.before?.['groups'];
    const isKnown = !Object.hasOwn(fields, 'groups') || (known !== undefined && known !== UNKNOWN);
    // Entries beside ours must stay, and a user name that is right already is not sent.
    const lists = [...Object.keys(WORK_ENTRIES), 'user_name'];
    const looks = write === 'put' || !isKnown || lists.some((name) => draft.changed.has(name));
    const user = looks ? await existing(accountId) : {};
    // What a PUT leaves out may be taken for a wish: https://www.rfc-editor.org/rfc/rfc7644#section-3.5.1
    const open = write === 'put' && draft.closed !== true && valueAt(user, ACTIVE) === undefined;
    const { name, refused } = await nameChange(accountId, fields, draft, user);
    const written = assignmentsOf({ fields, manager: await managers(draft.manager) }, user, reading);
    await sendAll(accountId, open ? [OPEN, ...written] : written, user, name);
    await syncGroups(accountId, fields, isKnown ? groupNames(known) : shownGroups(user));
    if (read_back === 'always') await (draft.closed === true ? proveEnded : proveOpen)(client, accountId);
    return { accountId, refused };
  }

  function shownGroups(user: Resource): readonly string[] {
    return (ownedGroupsOf(user, reading) ?? []).map(({ name }) => name);
  }

  async function reopen(accountId: string, draft: AccountDraft): Promise<Acknowledged> {
    const user = await existing(accountId);
    // What is not there need not go, and an employee id that may be set once only is not set again.
    const isNeeded = ({ path, value }: Assignment) =>
      path === PATHS.external_id ? valueAt(user, path) !== value : (value ?? valueAt(user, path)) !== undefined;
    const manager = await managers(draft.manager);
    const written = assignmentsOf({ fields: draft.fields, manager }, user, reading).filter(isNeeded);
    const { name, refused } = await nameChange(accountId, draft.fields, draft, user);
    await sendAll(accountId, [OPEN, ...written], user, name);
    await syncGroups(accountId, draft.fields, shownGroups(user));
    if (read_back !== 'never') await proveOpen(client, accountId);
    return { accountId, refused };
  }

  async function remove(accountId: string): Promise<void> {
    await client.deleteUser(accountId);
    if (read_back !== 'never') await proveEnded(client, accountId);
  }

  return {
    create: (draft, { closed = false }) => groups.during(() => make(draft, closed)),
    update: (accountId, draft) => groups.during(() => edit(accountId, draft)),
    reactivate: (accountId, draft) => groups.during(() => reopen(accountId, draft)),
    async deactivate(accountId) {
      if (settings.deactivate === 'delete') return remove(accountId);
      const user = write === 'put' ? await existing(accountId) : {};
      await send(accountId, [{ path: ACTIVE, value: false }], user);
      if (read_back !== 'never') await proveEnded(client, accountId);
    },
    delete: remove,
  };
}

function only(fields: Fields, keep: (name: string, value: Fields[string]) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => keep(name, value)));
}
