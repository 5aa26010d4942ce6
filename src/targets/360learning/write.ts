import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from '../../core/account.js';
import { type Fields, isEmpty } from '../../core/value.js';
import { CredentialsError, HrsyncError, InterruptedError, PermissionError } from '../../errors.js';
import { NetworkError } from '../../http/errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { RejectedError } from '../rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import { GROUP } from './catalogue.js';
import type { Learning360Client } from './client.js';
import type { CustomFields } from './custom-fields.js';
import { codeOf, TITLE } from './errors.js';
import type { ExternalIds } from './external-ids.js';
import type { Gathering } from './gathering.js';
import type { Managers } from './managers.js';
import type { Move } from './memberships.js';
import type { Placement } from './placement.js';
import { bodyOf, isDeleted, textFrom, waitsForActivation } from './record.js';
import type { User } from './schema.js';
import type { Learning360Settings } from './settings.js';

/** What writing somebody needs: each part of an account is a resource of its own. */
export interface Parts {
  readonly client: Learning360Client;
  readonly externalIds: ExternalIds;
  readonly customFields: CustomFields;
  readonly managers: Managers;
  readonly placement: Placement;
  readonly memberships: Pick<Gathering<Move>, 'during'>;
}

/** How much of an account is new, so that nothing needs to be read before it is written. */
type Newness = { readonly isNew: boolean; readonly isPlaced: boolean };

type Writer = Pick<Target, 'create' | 'update' | 'reactivate' | 'deactivate' | 'delete'>;

/** The writes of a target, each with the requests that one change takes. */
export function createWriter(parts: Parts, settings: Learning360Settings, world: AdapterWorld): Writer {
  const { client, externalIds, customFields, managers, placement, memberships } = parts;
  /** What must be mended before anything else is written. */
  let denied: CredentialsError | PermissionError | null = null;

  const body = (fields: Fields) => bodyOf(fields, settings, world.now());

  /** The parts of an account beside the user itself, one after the other. */
  function stepsFor(
    id: string,
    fields: Fields,
    manager: AccountDraft['manager'],
    { isNew, isPlaced }: Newness,
  ): Step[] {
    const custom = only(fields, (name) => name.startsWith(CUSTOM_FIELD_PREFIX));
    const steps: Step[] = [];
    const step = (names: readonly string[], run: Step['run']) => steps.push({ names, run });
    const externalId = fields[EXTERNAL_ID];
    if (!isEmpty(externalId)) step([EXTERNAL_ID], () => none(externalIds.give(id, textFrom(externalId ?? ''))));
    if (Object.keys(custom).length > 0) step(Object.keys(custom), () => customFields.write(id, custom, isNew));
    if (manager) step(['manager'], () => none(managers.set(id, manager, isNew)));
    else if (manager === null && !isNew) step(['manager'], () => none(managers.set(id, null, false)));
    const group = fields[GROUP];
    if (!isPlaced && !isEmpty(group)) step([GROUP], () => none(placement.move(id, textFrom(group ?? ''))));
    return steps;
  }

  async function put(id: string, fields: Fields, manager: AccountDraft['manager'], isPlaced: boolean) {
    const plain = body(fields);
    if (Object.keys(plain).length > 0) await client.updateUser(id, plain).catch(explained(plain));
    const refused: string[] = [];
    for (const { run } of stepsFor(id, fields, manager, { isNew: false, isPlaced })) {
      refused.push(...(await run()));
    }
    return { accountId: id, refused };
  }

  /** The account is made, and its invitation mailed: what fails afterwards must not undo that knowledge. */
  async function complete(id: string, steps: readonly Step[]): Promise<Acknowledged> {
    const refused: string[] = [];
    for (const { names, run } of steps) {
      try {
        refused.push(...(await run()));
      } catch (error) {
        if (!(error instanceof HrsyncError)) throw error;
        if (error instanceof InterruptedError) throw brokenOff(error);
        if (error instanceof CredentialsError || error instanceof PermissionError) denied = error;
        refused.push(...names);
        const facts = { account: id, error: error.name, detail: error.message };
        world.log.warn(`a new account could not be given its ${names.join(', ')}`, facts);
      }
    }
    return { accountId: id, refused };
  }

  // Whether somebody was made is clear to us and to nobody else: the next run must ask.
  function brokenOff(cause: unknown): NetworkError {
    const request = { system: TITLE, method: 'POST', url: `${settings.base_url}/api/v2/users`, attempts: 1 };
    return new NetworkError(request, 'INTERRUPTED', true, { cause });
  }

  /** Addresses may be unique among all of 360Learning's customers, and the holder is then nobody whom we can see. */
  function explained(sent: Readonly<Record<string, unknown>>) {
    return async (error: unknown): Promise<never> => {
      const mail = sent['mail'];
      if (codeOf(error) !== 'mailAlreadyUsed' || typeof mail !== 'string') throw error;
      for await (const users of client.users({ 'mail[eq]': mail })) {
        if (users.some((user) => user.mail?.toLowerCase() === mail)) throw error;
      }
      const detail =
        'mailAlreadyUsed, and nobody in this company has the address: it may belong to a user of another customer of 360Learning, where addresses are unique across all; ask 360Learning to free it, or use another';
      throw new RejectedError('email_taken', detail, { cause: error });
    };
  }

  async function restore(user: User, fields: Fields): Promise<string> {
    if (!settings.restore_leavers) {
      throw new RejectedError('other', 'the account is deactivated, and target.restore_leavers is false');
    }
    // The old address, which is what 360Learning knows the account by; a new one is written afterwards.
    const key = user.mail ? { mail: user.mail } : { username: user.username };
    const { user: back } = await client.createUser(
      { ...key, membership: membershipFor(fields) },
      settings.restored_users === 'invite',
    );
    await activate(back);
    return back._id;
  }

  async function activate(user: User): Promise<void> {
    if (settings.restored_users === 'activate' && user.status !== 'active') await client.activateUser(user._id);
  }

  function membershipFor(fields: Fields) {
    const group = fields[GROUP];
    return { groupId: group === undefined || isEmpty(group) ? settings.group : textFrom(group), role: settings.role };
  }

  async function existing(id: string): Promise<User> {
    const user = await client.user(id);
    if (user === null) throw new RejectedError('unknown_account', `360Learning has no user ${id}`);
    return user;
  }

  async function end(id: string): Promise<void> {
    if (isDeleted(await existing(id))) return;
    await client.deleteUser(id).catch(async (error: unknown) => {
      if (!(error instanceof RejectedError) || !isDeleted(await existing(id))) throw error;
    });
  }

  async function writing<Result>(work: () => Promise<Result>): Promise<Result> {
    if (denied !== null) throw denied;
    return memberships.during(work);
  }

  return {
    create: (draft, { invite }) =>
      writing(async () => {
        const fields = only(draft.fields, (_, value) => !isEmpty(value));
        const sent = { ...withoutNulls(body(fields)), membership: membershipFor(fields) };
        const { user, restored } = await client.createUser(sent, invite).catch(explained(sent));
        // Who was deleted and is back under the same address has values, and may have managers, of their own.
        const rest = restored ? draft.fields : fields;
        const steps = stepsFor(user._id, rest, draft.manager, { isNew: !restored, isPlaced: true });
        const update = { names: Object.keys(rest), run: () => none(client.updateUser(user._id, body(rest))) };
        const open = { names: [], run: () => none(activate(user)) };
        return complete(user._id, restored ? [open, update, ...steps] : steps);
      }),
    update: (accountId, draft) =>
      writing(() => {
        const fields = only(draft.fields, (name) => draft.changed.has(name));
        return put(accountId, fields, draft.manager, false);
      }),
    /** A deletion took the account out of its groups and away from its reports: everything is written again. */
    reactivate: (accountId, draft) =>
      writing(async () => {
        const user = await existing(accountId);
        const deleted = isDeleted(user);
        const id = deleted ? await restore(user, draft.fields) : accountId;
        if (waitsForActivation(user, settings)) await activate(user);
        return put(id, draft.fields, draft.manager, deleted);
      }),
    deactivate: (accountId) => writing(() => end(accountId)),
    /** There is no other deletion that could be taken back; the one that cannot is nothing to do by night. */
    delete: (accountId) =>
      writing(async () => {
        if ((await client.user(accountId)) !== null) await end(accountId);
      }),
  };
}

interface Step {
  readonly names: readonly string[];
  /** Gives the names that were not taken over, where not all were. */
  readonly run: () => Promise<readonly string[]>;
}

function only(fields: Fields, keep: (name: string, value: Fields[string]) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => keep(name, value)));
}

// What is empty in somebody new need not be cleared.
function withoutNulls(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

// A call that takes over all that it is given, or throws.
async function none(call: Promise<void>): Promise<readonly string[]> {
  await call;
  return [];
}
