import { OWED_KINDS, type Owed, type OwedKind } from '../core/owed.js';

/** Events are gathered until none has come for so long, in ms, and no longer than the cap. */
const QUIET = 2_000;
const CAP = 5_000;

/** What of it a run should do now; null: nothing yet, because more events may come. */
export function nextKind(owed: Owed, owedSince: Date | null, now: Date): OwedKind | null {
  const kind = OWED_KINDS.find(
    (one) => owed[one] !== undefined && (one !== 'events' || areGathered(owed, owedSince, now)),
  );
  return kind ?? null;
}

function areGathered({ events = '' }: Owed, owedSince: Date | null, now: Date): boolean {
  const last = now.getTime() - Date.parse(events);
  const first = owedSince === null ? 0 : now.getTime() - owedSince.getTime();
  return last >= QUIET || first >= CAP;
}

/** What a run of a kind fulfils once it has ended well: a run that reads everybody does what the one between nights would. */
export function fulfilledBy(kind: OwedKind, owed: Owed): Owed {
  const kinds: readonly OwedKind[] = kind === 'manual' || kind === 'night' ? [kind, 'night', 'sync'] : [kind];
  return Object.fromEntries(Object.entries(owed).filter(([one]) => kinds.some((known) => known === one)));
}
