import type { PlannedChange } from '../../core/change.js';
import type { Mailing } from '../../core/decide.js';
import { type Order, orderSteps, type Step } from '../../core/order.js';
import { countChange, emptySummary } from '../../core/plan.js';
import type { PlannedRow } from '../../store/spool.js';
import type { RunContext } from '../context.js';
import { ClearCounter } from './limits/clears.js';
import { MoveCounter } from './limits/moves.js';
import { type ChangeParts, makeInvitation, makeManagerPass, makeParking } from './make-change.js';

/** What becomes of a planned change: it is carried out, or left for a later run, with a sentence that says why. */
export type Outlook = Pick<PlannedRow<PlannedChange>, 'outcome' | 'error'> & Pick<PlannedChange, 'heldBack'>;

const PLANNED: Outlook = { outcome: 'planned', error: null };

/** Changes that belong to the change of one person. */
interface Surroundings {
  readonly parts: ChangeParts;
  /** The manager to set once both accounts exist, or null. */
  readonly managerLater: string | null;
  /** The invitation that the LMS is asked to mail once the account is as it should be, or null. */
  readonly mailing: Mailing | null;
  /** Whether the LMS says that the account has more rights than a learner. */
  readonly privileged: boolean;
}

/** Builds a plan in the spool, whatever its changes come from: orders them, adds what they need around them, counts them. */
export class PlanBuilder {
  readonly summary = emptySummary();
  /** The same with what is left for a later run, and without what the config holds back. */
  readonly listed = emptySummary();
  readonly clears = new ClearCounter();
  readonly moves = new MoveCounter();
  order: Order = orderSteps([]);

  constructor(private readonly context: RunContext) {}

  orderBy(steps: readonly Step[]): void {
    this.order = orderSteps(steps);
  }

  /** What a change of this person takes from the plan and the config. */
  partsFor(employeeId: string): Pick<ChangeParts, 'stage' | 'onlyAtCreation' | 'mails'> {
    return {
      stage: this.order.stages.get(employeeId) ?? 1,
      onlyAtCreation: this.context.mapping.onlyAtCreation,
      mails: this.context.target.capabilities.mails ?? 'when_asked',
    };
  }

  /** A change with what goes before it, where addresses go round in a circle, and after it, where a manager is set late. */
  surround(change: PlannedChange, { parts, managerLater, mailing, privileged }: Surroundings): PlannedChange[] {
    const parks = this.order.parkFirst.has(change.employee.id);
    const parking = parks && parts.snapshot !== null ? makeParking(parts.snapshot, parts.candidate) : null;
    const pass = managerLater === null ? [] : [makeManagerPass(change, managerLater, this.order.last + 1)];
    const mail = mailing === null ? [] : [makeInvitation(parts, mailing, this.order.last + 2)];
    const all = [...(parking === null ? [] : [parking]), change, ...pass, ...mail];
    return privileged ? all.map((one) => ({ ...one, privileged })) : all;
  }

  /** Puts changes into the spool; `fateOf` says which of them are left for a later run, and those are not counted. */
  async add(
    changes: readonly PlannedChange[],
    fateOf: (change: PlannedChange) => Outlook = () => PLANNED,
  ): Promise<void> {
    const rows = changes.map((change) => {
      const { heldBack, ...fate } = fateOf(change);
      if (heldBack !== undefined) return { change: { ...change, heldBack }, ...fate };
      countChange(this.listed, change);
      if (fate.outcome === 'planned') this.#count(change);
      return { change, ...fate };
    });
    if (rows.length > 0) await this.context.spool.plan(rows);
  }

  #count(change: PlannedChange): void {
    countChange(this.summary, change);
    this.clears.count(change);
    this.moves.count(change);
  }
}
