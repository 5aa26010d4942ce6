import type { Account, Snapshot } from '../../../core/account.js';
import { EXTERNAL_ID, INVITE_PREFIX } from '../../../core/account.js';
import { batchesOf } from '../../../core/batches.js';
import type { Decision } from '../../../core/decide.js';
import { ID_KEY } from '../../../core/employee-key.js';
import { protector } from '../../../core/protect.js';
import type { Candidate } from '../../../core/standing.js';
import {
  isStranger,
  loginHeld,
  mayMove,
  movesOf,
  namesOf,
  objectionTo,
  type Touch,
  type TouchPolicy,
} from '../../../core/touch.js';
import { emptyFields, type Fields } from '../../../core/value.js';
import type { HrsyncError } from '../../../errors.js';
import type { RunContext } from '../../context.js';
import { answerOf } from './answer.js';

/** What is known of one decision that concerns an account, before the LMS is asked about the account. */
interface Case {
  readonly candidate: Candidate;
  readonly decision: Decision;
  /** The account as the LMS has shown it already, or null. */
  readonly account: Account | null;
  readonly accountId: string;
  /** The snapshot of the account, whoever it is linked to. */
  readonly snapshot: Snapshot | null;
  readonly kind: Touch['kind'];
  readonly needsName: boolean;
}

/** What became of a decision once the LMS had been asked. */
export interface Held {
  readonly decision: Decision;
  readonly privileged: boolean;
}

const ENDS: ReadonlySet<Touch['kind']> = new Set(['end', 'end_found', 'expire']);

const UNCLEAR: Held = { decision: { action: 'nothing' }, privileged: false };

/** The rules of a config about accounts that may not be touched. */
export function touchPolicy({ policy }: Pick<RunContext, 'policy'>): TouchPolicy {
  return {
    isProtected: protector(policy.protect),
    isKept: protector(policy.deactivation.protect),
    matchNames: policy.matchNames,
  };
}

/**
 * Collects the decisions that give an account to somebody, change how somebody logs in, open or end an account, and holds
 * them to the rules about whom hrsync may touch. The LMS is asked about those accounts only.
 */
export class HoldBack {
  /** How many accounts are given, re-addressed or ended although the LMS does not tell their rights. */
  unknownRights = 0;
  /** Why the LMS could not be asked about some accounts, or null. Of those, only endings are left in the plan. */
  unanswered: HrsyncError | null = null;
  /** Who is given an account for the employee id alone: its names and its address are others (employee ids). */
  readonly strangers: string[] = [];
  /** Whose account was to be deleted and is open in the LMS: somebody opened it by hand (employee ids). */
  readonly reopened: string[] = [];
  readonly #cases: Case[] = [];
  readonly #policy: TouchPolicy;
  readonly #guardsAll: boolean;

  constructor(private readonly context: RunContext) {
    this.#policy = touchPolicy(context);
    this.#guardsAll = context.policy.protect.length > 0;
  }

  /** Takes a decision with the snapshot of the account that it is about. */
  add(candidate: Candidate, decision: Decision, snapshot: Snapshot | null): void {
    const found = this.#caseOf(candidate, decision, snapshot);
    if (found !== null) this.#cases.push(found);
  }

  /** Every decision that was added, by employee id, with what the rules make of it. */
  async judge(): Promise<ReadonlyMap<string, Held>> {
    const judged = new Map<string, Held>();
    for (const batch of batchesOf(this.#cases, 50)) {
      const accounts = await this.#inspected(batch);
      const former = await this.context.store.formerAddresses(batch.map(({ accountId }) => accountId));
      for (const one of batch) {
        const account = accounts?.get(one.accountId) ?? one.account;
        const isUnclear = accounts === null && this.#isAsked(one) && one.kind !== 'end';
        const held = this.#judge(one, account, former.get(one.accountId) ?? []);
        judged.set(one.candidate.employee.id, isUnclear ? UNCLEAR : held);
      }
    }
    return judged;
  }

  #caseOf(candidate: Candidate, decision: Decision, snapshot: Snapshot | null): Case | null {
    const base = { candidate, decision, snapshot, account: null, accountId: snapshot?.accountId ?? '' };
    switch (decision.action) {
      case 'adopt':
        return {
          ...{ ...base, account: decision.account, accountId: decision.account.id, kind: 'adopt' as const },
          // HR can give anybody another number; an employee id is the HR system's own.
          needsName: decision.needsName || this.context.mapping.key !== ID_KEY,
        };
      case 'take_over':
        return { ...base, accountId: decision.accountId, kind: 'take_over', needsName: true };
      case 'reactivate':
        return { ...base, kind: 'reopen', needsName: false };
      case 'deactivate':
      case 'delete': {
        const { account } = decision;
        const kind = decision.expired ? 'expire' : account === null ? 'end' : 'end_found';
        return { ...base, account, accountId: account?.id ?? base.accountId, kind, needsName: false };
      }
      case 'compare': {
        const isConcerned = this.#guardsAll || mayMove(snapshot?.fields ?? emptyFields(), wantedBy(candidate));
        return isConcerned ? { ...base, kind: 'change', needsName: false } : null;
      }
      case 'create':
      case 'hold':
        return this.#guardsAll ? { ...base, accountId: '', kind: 'change', needsName: false } : null;
      default:
        return null;
    }
  }

  async #inspected(cases: readonly Case[]): Promise<ReadonlyMap<string, Account> | null> {
    const asked = new Set(cases.filter(this.#isAsked).map(({ accountId }) => accountId));
    if (asked.size === 0) return new Map();
    const { answer, unanswered } = await answerOf(() => this.context.target.inspect([...asked]));
    this.unanswered ??= unanswered;
    return answer;
  }

  #isAsked({ account, accountId }: Case): boolean {
    return account?.rights === undefined && isAccount(accountId);
  }

  #judge(one: Case, account: Account | null, former: readonly string[]): Held {
    const { candidate, decision, snapshot, kind } = one;
    if (kind === 'expire' && account?.state === 'active') {
      this.reopened.push(candidate.employee.id);
      return UNCLEAR;
    }
    const wanted = wantedBy(candidate);
    const shown =
      account === null ? null : { ...account.fields, email: account.email, [EXTERNAL_ID]: account.externalId };
    const held = loginHeld(snapshot?.fields ?? emptyFields(), shown);
    const rights = account?.rights ?? { privileged: null, role: null };
    const touch: Touch = {
      ...{ kind, employeeId: candidate.employee.id, accountId: one.accountId, needsName: one.needsName },
      because: 'because' in decision ? decision.because : null,
      moves: ENDS.has(kind) ? [] : movesOf(kind === 'adopt' ? (shown ?? held) : held, wanted),
      linkedByHand: snapshot?.linkedByHand === true && snapshot.employeeId === candidate.employee.id,
      employeeNames: employeeNames(candidate, wanted),
      accountNames: namesOf(account, snapshot),
      addresses: [
        candidate.employee.email,
        textIn(wanted, 'email'),
        snapshot?.email ?? null,
        account?.email ?? null,
        ...former,
      ],
      ...rights,
    };
    const objection = objectionTo(touch, this.#policy);
    if (objection !== null) {
      const skip = { employee: candidate.employee, ...objection };
      return { decision: { action: 'skip', skip }, privileged: rights.privileged === true };
    }
    if (rights.privileged === null && isAccount(one.accountId)) this.unknownRights += 1;
    if (isStranger(touch)) this.strangers.push(candidate.employee.id);
    return { decision, privileged: rights.privileged === true };
  }
}

/** Those accounts that no pattern of `protect` forbids to change, whatever the plan would write to them in passing. */
export async function unprotected(
  { policy, store }: Pick<RunContext, 'policy' | 'store'>,
  snapshots: readonly Snapshot[],
): Promise<readonly Snapshot[]> {
  if (policy.protect.length === 0) return snapshots;
  const isProtected = protector(policy.protect);
  const former = await store.formerAddresses(snapshots.map(({ accountId }) => accountId));
  return snapshots.filter(({ accountId, email }) => !isProtected([email, ...(former.get(accountId) ?? [])]));
}

// An invitation that nobody has accepted is no account yet, and neither is one that is still to be made.
function isAccount(accountId: string): boolean {
  return accountId !== '' && !accountId.startsWith(INVITE_PREFIX);
}

function wantedBy({ standing }: Candidate): Fields {
  return standing.kind === 'wanted' ? standing.fields : emptyFields();
}

function employeeNames({ employee }: Candidate, wanted: Fields): readonly string[] {
  const names = ['first_name', 'last_name', 'display_name'].map((field) => textIn(wanted, field));
  return [...new Set([employee.name, ...names])].filter((name) => name !== null);
}

function textIn(fields: Fields, field: string): string | null {
  const value = fields[field];
  return typeof value === 'string' ? value : null;
}
