import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { type PastChange, renderRun, renderRuns, runDocument } from '../../report/index.js';
import type { Run, Store } from '../../store/store.js';
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
      const run = await find(store, number);
      await world.stream({
        text: () => renderRun(run, changesOf(store, number), world),
        json: (redact) => runDocument(run, changesOf(store, number), redact),
      });
      return EXIT.done;
    });
}

async function find(store: Store, number: number): Promise<Run> {
  const newest = (await store.nextRunNumber()) - 1;
  const run = (await store.runs(Math.max(0, newest - number + 1))).find((one) => one.number === number);
  if (run !== undefined) return run;
  throw new UsageError(
    newest === 0 ? 'there was no run yet' : `there is no run ${number} in the state; the latest is ${newest}`,
  );
}

async function* changesOf(store: Store, run: number): AsyncGenerator<PastChange> {
  for await (const batch of store.journal({ run })) yield* batch;
}
