import type { Notes } from '../core/notes.js';
import type { RunContext } from './context.js';

type Sides = Pick<RunContext, 'store' | 'target'>;

/** Tells the target what it noted in earlier runs, before it is asked for anything. */
export async function recallNotes({ store, target }: Sides): Promise<void> {
  target.recall?.(await store.targetNotes());
}

/** Keeps what the target notes now; `isDone` as in `Target.notes`. A run in which nothing is new writes nothing. */
export async function keepNotes({ store, target }: Sides, isDone: boolean): Promise<void> {
  const notes = await target.notes?.(isDone);
  if (notes !== undefined && sayNotes(notes) !== sayNotes(await store.targetNotes())) await store.putTargetNotes(notes);
}

function sayNotes(notes: Notes): string {
  return JSON.stringify(Object.entries(notes).sort());
}
