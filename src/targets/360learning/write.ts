import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { type Fields, isEmpty } from '../../core/value.js';
import { CredentialsError, HrsyncError, InterruptedError, PermissionError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import type { Batcher } from '../kit/batcher.js';
import { RejectedError } from '../kit/rejected.js';
import type { AccountDraft, Acknowledged, Target } from '../target.js';
import { GROUP } from './catalogue.js';
import type { Learning360Client } from './client.js';
import type { CustomFields } from './custom-fields.js';
import { createEnding } from './ending.js';
import { brokenOff, codeOf } from './errors.js';
import type { ExternalIds } from './external-ids.js';
import type { Managers } from './managers.js';
import type { Move } from './memberships.js';
import type { Placement } from './placement.js';
import { bodyOf, isDeleted, type ReadOptions, textFrom, waitsForActivation } from './record.js';
import type { User } from './schema.js';
import type { Learning360Settings } from './settings.js';

/** What writing somebody needs: each part of an account is a resource of its own. */
export interface Parts {
  readonly client: Learning360Client;
  readonly externalIds: ExternalIds;
  readonly customFields: CustomFields;
  readonly managers: Managers;
  readonly placement: Placement;
  readonly memberships: Pick<Batcher<Move>, 'during'>;
}

/** How much of an account is new, so that nothing needs to be read before it is written. */
type Newness = { readonly isNew: boolean; readonly isPlaced: boolean; readonly before?: Fields | undefined };

type Writer = Pick<Target, 'create' | 'update' | 'reactivate' | 'deactivate' | 'delete'>;

/** The writes of a target, each with the requests that one change takes. */
export function createWriter(parts: Parts, settings: Learning360Settings & ReadOptions, world: AdapterWorld): Writer {
  const { client, externalIds, customFields, managers, placement, memberships } = parts;
  const { existing, end } = createEnding(client, settings.base_url, world);
  /** What must be mended before anything else is written. */
  let denied: CredentialsError | PermissionError | null = null;

  const body = (fields: Fields) => bodyOf(fields, settings, world.now());

  /** The parts of an account beside the user itself, one after the other. */
  function stepsFor(
    id: string,
    fields: Fields,
    manager: AccountDraft['manager'],
    { isNew, isPlaced, before }: Newness,
  ): Step[] {
    const custom = only(fields, (name) => name.startsWith(CUSTOM_FIELD_PREFIX));
    const steps: Step[] = [];
    const step = (names: readonly string[], run: Step['run'], isSilent = false) => steps.push({ names, run, isSilent });
    const externalId = fields[EXTERNAL_ID];
    if (!isEmpty(externalId)) step([EXTERNAL_ID], () => none(externalIds.give(id, textFrom(externalId ?? ''))), true);
    if (Object.keys(custom).length > 0)
      step(Object.keys(custom), () => customFields.write(id, custom, isNew ? undefined : (before ?? {})), true);
    if (manager) step(['manager'], () => none(managers.set(id, manager, isNew)));
    else if (manager === null && !isNew) step(['manager'], () => none(managers.set(id, null, false)));
    const group = fields[GROUP];
    if (!isPlaced && !isEmpty(group)) {
      step([GROUP], () => none(placement.move(id, textFrom(group ?? ''), before && (before[GROUP] ?? null))));
    }
    return steps;
  }

  async function put(id: string, draft: Pick<AccountDraft, 'fields' | 'manager' | 'before'>, isPlaced: boolean) {
    const { fields, manager, before } = draft;
    const plain = body(fields);
    const steps = stepsFor(id, fields, manager, { isNew: false, isPlaced, before });
    if (Object.keys(plain).length > 0) refuseDeleted(id, await client.updateUser(id, plain).catch(explained(plain)));
    // These can be written of somebody deleted too, and no answer would say so; groups and managers refuse it.
    else if (steps.some(({ isSilent }) => isSilent)) refuseDeleted(id, await existing(id));
    const refused: string[] = [];
    for (const { run } of steps) refused.push(...(await run()));
    return { accountId: id, refused };
  }

  /** An answer that shows a deleted account is no update, whatever its status. */
  function refuseDeleted(id: string, user: User | null): void {
    if (user === null || !isDeleted(user)) return;
    throw new RejectedError('unknown_account', `360Learning shows user ${id} as deleted, so nothing was updated`);
  }

  /** The account is made, and its invitation mailed: what fails afterwards must not undo that knowledge. */
  async function complete(id: string, steps: readonly Step[]): Promise<Acknowledged> {
    const refused: string[] = [];
    for (const { names, run } of steps) {
      try {
        refused.push(...(await run()));
      } catch (error) {
        if (!(error instanceof HrsyncError)) throw error;
        if (error instanceof InterruptedError) throw brokenOff('POST', `${settings.base_url}/api/v2/users`, error);
        if (error instanceof CredentialsError || error instanceof PermissionError) denied = error;
        refused.push(...names);
        const facts = { account: id, error: error.name, detail: error.message };
        world.log.warn(`a new account could not be given its ${names.join(', ')}`, facts);
      }
    }
    return { accountId: id, refused };
  }

  /** Addresses may be unique among all of 360Learning's customers, and the holder is then nobody whom we can see. */
  function explained(sent: Readonly<Record<string, unknown>> & { readonly membership?: { readonly groupId: string } }) {
    return async (error: unknown): Promise<never> => {
      if (sent.membership !== undefined && codeOf(error) === 'groupNotFound') {
        throw await placement.explained(error, sent.membership.groupId);
      }
      const mail = sent['mail'];
      if (codeOf(error) !== 'mailAlreadyUsed' || typeof mail !== 'string') throw error;
      // The filter may mind capitals, so nobody counts as absent before the whole list was read.
      for (const filters of [{ 'mail[eq]': mail }, {}]) {
        for await (const users of client.users(filters)) {
          if (users.some((user) => user.mail && emailKey(user.mail) === emailKey(mail))) throw error;
        }
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
    const sent = { ...key, membership: membershipFor(fields) };
    const { user: back } = await client.createUser(sent, settings.restored_users === 'invite').catch(explained(sent));
    await activate(back);
    return back._id;
  }

  async function activate(user: User): Promise<void> {
    if (settings.restored_users !== 'activate' || user.status === 'active') return;
    refuseDeleted(user._id, await client.activateUser(user._id));
  }

  function membershipFor(fields: Fields) {
    const group = fields[GROUP];
    return { groupId: group === undefined || isEmpty(group) ? settings.group : textFrom(group), role: settings.role };
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
        const update = {
          names: Object.keys(rest),
          run: () => none(client.updateUser(user._id, body(rest)).then(() => undefined)),
        };
        const open = { names: [], run: () => none(activate(user)) };
        return complete(user._id, restored ? [open, update, ...steps] : steps);
      }),
    update: (accountId, draft) =>
      writing(() => {
        const fields = only(draft.fields, (name) => draft.changed.has(name));
        return put(accountId, { fields, manager: draft.manager, ...(draft.before && { before: draft.before }) }, false);
      }),
    /** A deletion took the account out of its groups and away from its reports: everything is written again. */
    reactivate: (accountId, draft) =>
      writing(async () => {
        const user = await existing(accountId);
        const deleted = isDeleted(user);
        const id = deleted ? await restore(user, draft.fields) : accountId;
        if (waitsForActivation(user, settings)) await activate(user);
        return put(id, draft, deleted);
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
  /** Whether a deleted account takes it as well, without a sign of it in the answer. */
  readonly isSilent?: boolean;
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
