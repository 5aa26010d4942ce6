import { EXIT } from '../../exit.js';
import { type PastChange, type PastRun, renderRun, renderRuns, runDocument, runsDocument } from '../../report/runs.js';
import type { Run, Store } from '../../store/store.js';
import { namesIn } from '../../sync/names.js';
import { findRun } from '../find-run.js';
import { liveRun } from '../live-run.js';
import type { CommandBody } from '../process.js';
import { withState } from '../with-state.js';

const LATEST = 10;
/** How many of the latest runs may hold the one before. */
const LOOKED_BACK = 1_000;

/** Shows the latest runs or, with a number, what one run did to whom, why, and what became of it. Reads the state only. */
export function runs(number: number | undefined): CommandBody {
  return (world) =>
    withState(world, 'read', async (store, { name, state, timezone: zone }) => {
      const live = await liveRun(store, state);
      const withLife = (run: Run): PastRun => (run.number === live?.run ? { ...run, underWay: live } : run);
      if (number === undefined) {
        const latest = (await store.runs(LATEST)).map(withLife);
        world.print({ text: renderRuns(latest, world.width, zone), json: runsDocument(name, latest) });
        return EXIT.done;
      }
      const found = await findRun(store, number);
      const configChangedSince = changedSince(found, await store.runs(LOOKED_BACK));
      const run = { ...withLife(found), configChangedSince, refusal: await store.refusalOf(number) };
      await world.stream({
        text: () => renderRun(run, changesOf(store, number), { ...world, zone, namesOf: namesIn({ store }) }),
        json: (redact) => runDocument(run, changesOf(store, number), redact),
      });
      return EXIT.done;
    });
}

/** The newest run before that went by another config; null where it was the same, or none is known. */
function changedSince({ number, config }: Run, runs: readonly Run[]): number | null {
  const before = runs.find((run) => run.number < number && run.config !== null);
  return config === null || before === undefined || before.config === config ? null : before.number;
}

async function* changesOf(store: Store, run: number): AsyncGenerator<PastChange> {
  for await (const batch of store.journal({ run })) yield* batch;
}
