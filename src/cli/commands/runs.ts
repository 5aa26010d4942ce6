import { EXIT } from '../../exit.js';
import { type PastChange, renderRun, renderRuns, runDocument } from '../../report/index.js';
import type { Store } from '../../store/store.js';
import { findRun } from '../find-run.js';
import type { CommandBody } from '../process.js';
import { withState } from '../session.js';

const LATEST = 10;

/** Shows the latest runs or, with a number, what one run did to whom, why, and what became of it. Reads the state only. */
export function runs(number: number | undefined): CommandBody {
  return (world) =>
    withState(world, 'read', async (store, { name }) => {
      if (number === undefined) {
        const latest = await store.runs(LATEST);
        world.print({ text: renderRuns(latest, world.width), json: { format: 1, connector: name, runs: latest } });
        return EXIT.done;
      }
      const run = await findRun(store, number);
      await world.stream({
        text: () => renderRun(run, changesOf(store, number), world),
        json: (redact) => runDocument(run, changesOf(store, number), redact),
      });
      return EXIT.done;
    });
}

async function* changesOf(store: Store, run: number): AsyncGenerator<PastChange> {
  for await (const batch of store.journal({ run })) yield* batch;
}
