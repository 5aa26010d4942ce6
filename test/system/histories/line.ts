import type { Account } from '../../../src/core/account.js';
import { emailKey } from '../../../src/core/email.js';
import type { Fields } from '../../../src/core/value.js';
import { CredentialsError } from '../../../src/errors.js';
import { NetworkError, StatusError } from '../../../src/http/errors.js';
import { RejectedError } from '../../../src/targets/kit/rejected.js';
import type { AccountDraft, Target } from '../../../src/targets/target.js';
import type { Life } from './life.js';
import type { Lms, LmsAccount, Writing } from './lms.js';

/**
 * What can go wrong with one call. `unsent`: nothing left this machine. `lost_before`, `lost_after`: no answer, without
 * or with the effect. `half`: no answer, and of two requests only the first had its effect. `ignored`: success, but the
 * job title was not taken over.
 */
export type CallFault = 'rejected' | 'unsent' | 'lost_before' | 'lost_after' | 'half' | 'ignored' | 'credentials';

/** One call that reached the line, with what it was about. */
export interface Call {
  readonly method: string;
  readonly writes: boolean;
  /** Accounts or, of a search, employee ids. */
  readonly about: readonly string[];
}

/** The faults of one run by the number of the call, and people of whom the LMS refuses every write. */
export interface Weather {
  readonly faults: ReadonlyMap<number, CallFault>;
  readonly refused: string | null;
}

const REQUEST = { system: 'Model LMS', method: 'POST', url: 'https://lms.acme.example/users', attempts: 1 };

/** A target that speaks to the reference LMS over a line with faults; every call is written down in `calls`. */
export function openTarget(lms: Lms, life: Life, weather: Weather, calls: Call[]): Target {
  const call = <Result>(
    method: string,
    about: readonly string[],
    effect: (fault: CallFault | undefined) => Result,
    half: (() => void) | null = null,
  ): Promise<Result> =>
    life.around('call', async () => {
      await Promise.resolve();
      const writes = !['find', 'get', 'inspect', 'list'].includes(method);
      calls.push({ method, writes, about });
      const fault = weather.faults.get(calls.length);
      if (fault === 'unsent') throw new NetworkError(REQUEST, 'ECONNREFUSED', false);
      if (fault === 'credentials') throw new CredentialsError('Model LMS', 'the key was revoked');
      if (fault === 'lost_before') throw new NetworkError(REQUEST, 'ECONNRESET', true);
      if (writes && (fault === 'rejected' || (weather.refused !== null && about.includes(weather.refused)))) {
        throw new RejectedError('invalid_value', 'the LMS does not like it');
      }
      if (fault === 'half') {
        half?.();
        throw new NetworkError(REQUEST, 'ECONNRESET', true);
      }
      const result = effect(fault);
      if (fault === 'lost_after') throw new StatusError(REQUEST, 502, null, {});
      return result;
    });
  const borne = (accountId: string) => [
    accountId,
    ...(lms.accounts.get(accountId)?.externalId ? [String(lms.accounts.get(accountId)?.externalId)] : []),
  ];
  const refusedBy = (fault: CallFault | undefined, draft: AccountDraft) =>
    fault === 'ignored' && draft.changed.has('job_title') ? ['job_title'] : [];

  return {
    type: 'model',
    title: 'Model LMS',
    identity: 'model lms',
    capabilities: { inviteByHand: false, externalId: true, listShowsAll: true },
    concurrency: 3,
    usedUp: () => null,
    withheld: () => null,
    fields: async () => [],
    missingReferences: async () => [],
    check: async () => [],
    find: (keys) =>
      call(
        'find',
        keys.map((key) => key.externalId),
        () => {
          const hits = [...lms.accounts.values()].filter((account) =>
            keys.some(
              ({ externalId, email }) =>
                account.externalId === externalId || (email !== null && emailKey(account.email) === emailKey(email)),
            ),
          );
          return hits.map(shown);
        },
      ),
    async *list() {
      yield await call('list', [], () => [...lms.accounts.values()].map(shown));
    },
    get: (id) =>
      call('get', [id], () => {
        const account = lms.accounts.get(id);
        return account === undefined ? null : shown(account);
      }),
    inspect: (ids) =>
      call('inspect', ids, () => {
        const known = ids.map((id) => lms.accounts.get(id)).filter((account) => account !== undefined);
        return new Map(known.map((account) => [account.id, inspected(lms, account)]));
      }),
    create: (draft, { invite }) =>
      call('create', [String(draft.fields['external_id'])], (fault) => {
        const refused = refusedBy(fault, draft);
        return { accountId: lms.create(writing(draft, true, refused), invite), refused };
      }),
    update: (id, draft) =>
      call('update', borne(id), (fault) => {
        const refused = refusedBy(fault, draft);
        lms.update(id, writing(draft, false, refused));
        return { accountId: id, refused };
      }),
    reactivate: (id, draft) =>
      call(
        'reactivate',
        borne(id),
        (fault) => {
          const refused = refusedBy(fault, draft);
          lms.reopen(id);
          lms.update(id, writing(draft, true, refused));
          return { accountId: id, refused };
        },
        () => lms.reopen(id),
      ),
    deactivate: (id) => call('deactivate', borne(id), () => lms.deactivate(id)),
    delete: () => Promise.reject(new Error('no history deletes')),
    invite: () => Promise.reject(new Error('the model LMS mails at creation only')),
  };
}

function writing({ fields, changed, manager }: AccountDraft, whole: boolean, refused: readonly string[]): Writing {
  const sent = Object.entries(fields).filter(([name]) => (whole || changed.has(name)) && !refused.includes(name));
  return {
    fields: Object.fromEntries(sent),
    manager: manager === undefined || manager === null ? manager : manager.accountId,
  };
}

// The manager cannot be read back, as in most LMSs.
function shown({ id, state, externalId, email, fields }: LmsAccount): Account {
  const readable: Fields = { ...fields };
  return { id, state, externalId, email, name: null, fields: readable };
}

function inspected({ showsNames }: Lms, account: LmsAccount): Account {
  const names = [account.fields['first_name'], account.fields['last_name']].filter((name) => typeof name === 'string');
  const rights = { privileged: account.role !== 'learner', role: account.role };
  return { ...shown(account), rights, ...(showsNames && { names }) };
}
