import { isEnding } from '../../../core/change.js';
import type { Employee } from '../../../core/employee.js';
import { lifecycleOf } from '../../../core/lifecycle.js';
import { todayFor } from '../../../core/local-day.js';
import { type Standing, standingOf } from '../../../core/standing.js';
import type { SourceRecord } from '../../../sources/source.js';
import type { SnapshotKey } from '../../../store/store.js';
import type { RunContext } from '../../context.js';
import { ambiguityOf } from './repeats.js';
import { StillHere } from './still-here.js';

/** Tells where people stand by what HR says and by what earlier runs knew. */
export class Standings {
  #endings: Promise<ReadonlySet<string>> | null = null;
  readonly stillHere: StillHere;

  constructor(private readonly context: Pick<RunContext, 'store' | 'policy' | 'mapping'>) {
    this.stillHere = new StillHere(context);
  }

  /** A promise only where the state must be asked: this is done for everybody every night, and a promise has its price. */
  of(employee: Employee, key: SnapshotKey | undefined): Standing | Promise<Standing> {
    const { policy, mapping } = this.context;
    const standing = standingOf(employee, policy, mapping);
    if (isOpen(key) && this.#isContradiction(employee, standing)) return this.#known(employee, key);
    this.stillHere.look(employee, standing, key);
    return standing;
  }

  // A filter that keeps somebody out, or that HR cannot answer, must not hide the contradiction.
  #isContradiction(employee: Employee, { kind }: Standing): boolean {
    if (kind !== 'skipped' && kind !== 'outside') return false;
    const { policy } = this.context;
    return lifecycleOf(employee, todayFor(employee, policy), policy.deactivation.when).stage === 'contradiction';
  }

  /** Where HR contradicts itself about the owner of an open account, an ending that is known already stands. */
  async #known(employee: Employee, key: SnapshotKey | undefined): Promise<Standing> {
    const { policy, mapping } = this.context;
    this.#endings ??= knownEndings(this.context);
    const standing = standingOf(employee, policy, mapping, (await this.#endings).has(employee.id));
    this.stillHere.look(employee, standing, key);
    return standing;
  }

  /** Whether the records that HR has of one person agree. Several that all say "has left" end the account. */
  agree(records: readonly SourceRecord[]): boolean {
    if (records.length === 1) return true;
    const { policy, mapping } = this.context;
    const ends = (record: SourceRecord) =>
      'employee' in record && standingOf(record.employee, policy, mapping).kind === 'ends';
    return ambiguityOf(records) === null || records.every(ends);
  }
}

/** Whether somebody can come in with the account, or with the invitation to one. */
export function isOpen(key: SnapshotKey | undefined): boolean {
  return key?.state === 'active' || key?.state === 'pending';
}

/** In step: the acknowledged account is the wanted one, or has ended as it should. */
export function isInStep(standing: Standing, hash: string | null, key: SnapshotKey): boolean {
  if (standing.kind === 'ends') return key.state === 'deactivated' || key.state === 'deleted';
  if (standing.kind !== 'wanted') return false;
  return key.state === 'active' && key.hash === hash && key.awaitingManager === null;
}

// Whose account earlier runs knew to end by now and could not end: the calendar names the day, or the ending was left
// undone. Somebody whose other change failed is not among them.
async function knownEndings({ store, policy }: Pick<RunContext, 'store' | 'policy'>): Promise<ReadonlySet<string>> {
  const ids = new Set(await store.undone());
  for (const { employee, kind } of await store.failures()) {
    if (isEnding(kind)) ids.add(employee.id);
    else ids.delete(employee.id);
  }
  for await (const batch of store.schedule()) {
    for (const { employee, kind, on } of batch) if (kind === 'deactivate' && on <= policy.today) ids.add(employee.id);
  }
  return ids;
}
