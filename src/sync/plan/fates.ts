import { isEnding, type PlannedChange, type Skip } from '../../core/change.js';
import type { Decision } from '../../core/decide.js';
import { type Fate, fateOfSkip, type Headcount, headcount, noFates } from '../../core/headcount.js';
import type { Candidate } from '../../core/standing.js';

const FATE_OF_KIND = {
  create: 'gets_account',
  update: 'is_updated',
  adopt: 'is_linked',
  reactivate: 'gets_account_back',
  deactivate: 'loses_access',
  delete: 'loses_access',
} as const satisfies Partial<Record<PlannedChange['kind'], Fate>>;

/** Why a change is not for this run. */
export type Delay = Extract<Fate, 'waits' | 'is_held_back'>;

/** Counts, person by person, what a plan means for those whom HR showed. */
export class Fates {
  readonly #counts = noFates();
  #gone = 0;
  #expired = 0;

  /** @param absent people whom the plan concerns although HR did not show them, or who left before */
  constructor(private readonly absent: ReadonlySet<string>) {}

  /** Notes what was decided about somebody, and the changes that came of it. Skips and people in step are counted elsewhere. */
  note(
    candidate: Candidate,
    decision: Decision,
    changes: readonly PlannedChange[],
    delayOf: (change: PlannedChange) => Delay | null,
  ): void {
    if (this.absent.has(candidate.employee.id)) {
      if (changes.some((change) => isEnding(change.kind) && delayOf(change) === null)) this.#noteAbsent(decision);
      return;
    }
    const change = changes.find(({ kind }) => kind !== 'update' && kind !== 'invite') ?? changes[0];
    if (decision.action === 'hold' && decision.until !== null) this.#add('gets_account_later');
    else if (decision.action === 'wait') this.#add('is_invited');
    else if (decision.action === 'nothing' && candidate.standing.kind === 'wanted') this.#add('waits');
    else if (change !== undefined && change.kind !== 'invite')
      this.#add(delayOf(change) ?? fateOf(change, change.kind));
  }

  /** An invitation is left for a later run, and with it the account. */
  ration({ kind }: PlannedChange): void {
    if (kind !== 'create' && kind !== 'reactivate') return;
    this.#counts[FATE_OF_KIND[kind]] -= 1;
    this.#add('waits');
  }

  /** Everybody together. */
  total(
    employees: number,
    skips: readonly Skip[],
    { inStep, inPassing }: { readonly inStep: number; readonly inPassing: number },
  ): Headcount | null {
    const fates = { ...this.#counts, is_in_step: inStep, is_updated: this.#counts.is_updated + inPassing };
    for (const { employee, reason } of skips) if (!this.absent.has(employee.id)) fates[fateOfSkip(reason)] += 1;
    return headcount(employees, fates, { gone: this.#gone, expired: this.#expired });
  }

  #noteAbsent(decision: Decision): void {
    if (decision.action === 'delete' && decision.expired === true) this.#expired += 1;
    else this.#gone += 1;
  }

  #add(fate: Fate): void {
    this.#counts[fate] += 1;
  }
}

function fateOf({ closed }: PlannedChange, kind: keyof typeof FATE_OF_KIND): Fate {
  return closed === true ? 'gets_account_later' : FATE_OF_KIND[kind];
}
