import { batchesOf } from '../../core/batches.js';
import type { Candidate } from '../../core/standing.js';
import type { Fields } from '../../core/value.js';
import type { RunContext } from '../context.js';
import type { Draft } from './decisions.js';
import type { HeldBack } from './held-back.js';

/** The wanted fields with the manager as they can be written now. */
export interface Resolved {
  readonly wanted: Fields;
  /** The manager whom HR names and who has no account; linked when they have. */
  readonly awaiting: string | null;
  /** The manager to set in a second pass, where managers wait for each other. */
  readonly later: string | null;
}

/** Knows which managers will have an account once the plan is carried out. */
export interface Managers {
  resolve(candidate: Candidate, later: boolean): Resolved;
}

const OPENS = new Set<Draft['decision']['action']>(['create', 'adopt', 'take_over', 'reactivate', 'compare']);

/** Looks up the managers that the drafts name: those in the plan by their draft, others by their snapshot. */
export async function knownManagers(
  context: RunContext,
  drafts: ReadonlyMap<string, Draft>,
  heldBack: Pick<HeldBack, 'has'>,
): Promise<Managers> {
  const active = new Set<string>();
  const outside = new Set<string>();
  for (const { note } of drafts.values()) {
    if (note.manager === null) continue;
    const draft = drafts.get(note.manager);
    // Whose change is held back keeps the account that they have, or has none.
    const stays = draft === undefined || heldBack.has(note.manager);
    if (stays || draft.decision.action === 'skip' || draft.decision.action === 'nothing') outside.add(note.manager);
    else if (OPENS.has(draft.decision.action)) active.add(note.manager);
  }
  for (const ids of batchesOf(outside)) {
    for (const key of await context.store.keysOf(ids)) if (key.state === 'active') active.add(key.employeeId);
  }
  return {
    resolve({ standing }, later) {
      const fields = standing.kind === 'wanted' ? standing.fields : {};
      const manager = fields['manager'];
      if (typeof manager !== 'string') return { wanted: fields, awaiting: null, later: null };
      const wanted = { ...fields, manager: null };
      if (!active.has(manager)) return { wanted, awaiting: manager, later: null };
      return later ? { wanted, awaiting: manager, later: manager } : { wanted: fields, awaiting: null, later: null };
    },
  };
}
