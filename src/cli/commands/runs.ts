import { EXIT } from '../../exit.js';
import { type PastChange, type PastRun, renderRun, renderRuns, runDocument, runsDocument } from '../../report/index.js';
import type { Run, Store } from '../../store/store.js';
import { namesIn } from '../../sync/names.js';
import { findRun } from '../find-run.js';
import { liveRun } from '../live-run.js';
import type { CommandBody } from '../process.js';
import { withState } from '../session.js';

const LATEST = 10;

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
      const run = { ...withLife(await findRun(store, number)), refusal: await store.refusalOf(number) };
      await world.stream({
        text: () => renderRun(run, changesOf(store, number), { ...world, zone, namesOf: namesIn({ store }) }),
        json: (redact) => runDocument(run, changesOf(store, number), redact),
      });
      return EXIT.done;
    });
}

async function* changesOf(store: Store, run: number): AsyncGenerator<PastChange> {
  for await (const batch of store.journal({ run })) yield* batch;
}
