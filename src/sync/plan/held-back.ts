import type { PlannedChange } from '../../core/change.js';
import { mailsReturns } from '../../core/invitation.js';
import { type RolloutSwitch, sayOff, switchedOff } from '../../core/rollout.js';
import { switchesFor } from '../../core/rollout-decision.js';
import type { RunContext } from '../context.js';
import type { Draft } from './decisions.js';

/** Why a change is held back: the switch that is off, as a sentence. */
interface Reason {
  readonly by: RolloutSwitch;
  readonly because: string;
}

/**
 * Whose change the config's `rollout` holds back. Decided before the plan is ordered: nobody counts on an account that is
 * not made, on an address that is not freed, or on an ending that does not come.
 */
export class HeldBack {
  readonly #reasons = new Map<string, Reason>();
  readonly #policy: RunContext['policy']['rollout'];

  constructor(
    context: Pick<RunContext, 'policy' | 'target' | 'options'>,
    private readonly drafts: ReadonlyMap<string, Draft>,
  ) {
    const { policy, target, options } = context;
    // An operator who invites one person by hand decides about that person.
    const byHand = options.kind.name === 'invite_now';
    this.#policy = byHand ? EVERYTHING : policy.rollout;
    const { mails = 'when_asked' } = target.capabilities;
    const mailing = { atCreation: mails !== 'on_request', atReturn: mailsReturns(mails) };
    for (const [id, { decision }] of drafts) {
      const off = switchedOff(this.#policy, switchesFor(decision, mailing));
      if (off !== null) this.#reasons.set(id, { by: off, because: sayOff(off) });
    }
    if (this.#reasons.size > 0) this.#holdTakersOfAddresses();
  }

  has(employeeId: string): boolean {
    return this.#reasons.has(employeeId);
  }

  /** Why a change is held back, or null. */
  reasonFor({ kind, invites, employee }: PlannedChange): Reason | null {
    const own = this.#reasons.get(employee.id) ?? null;
    const isOwnMail = kind === 'invite' && this.drafts.get(employee.id)?.decision.action === 'compare';
    if (own !== null && !isOwnMail) return own;
    // What surrounds the change of somebody else: a report whose manager leaves, a mail of its own.
    const off = switchedOff(this.#policy, [
      ...(kind === 'update' ? (['update'] as const) : []),
      ...(invites ? (['invite'] as const) : []),
    ]);
    return off === null ? null : { by: off, because: sayOff(off) };
  }

  // An address that somebody keeps because their own change is held back cannot go to anybody else.
  #holdTakersOfAddresses(): void {
    const kept = new Map<string, string>();
    const keep = (id: string) => {
      const draft = this.drafts.get(id);
      if (draft?.holds != null && draft.holds !== draft.note.emailKey) kept.set(draft.holds, id);
    };
    for (const id of this.#reasons.keys()) keep(id);
    for (let before = -1; before !== this.#reasons.size; ) {
      before = this.#reasons.size;
      for (const [id, { note, holds, decision }] of this.drafts) {
        if (this.#reasons.has(id) || note.emailKey === null || note.emailKey === holds || !WRITES.has(decision.action))
          continue;
        const holder = kept.get(note.emailKey);
        const reason = holder === undefined ? undefined : this.#reasons.get(holder);
        if (holder === id || reason === undefined) continue;
        this.#reasons.set(id, { ...reason, because: `${reason.because}, so #${holder} keeps the address` });
        keep(id);
      }
    }
  }
}

const EVERYTHING = { create: true, update: true, deactivate: true, invite: true };
/** The decisions after which somebody has an account that is as it should be. */
export const WRITES = new Set<Draft['decision']['action']>(['create', 'adopt', 'take_over', 'reactivate', 'compare']);
