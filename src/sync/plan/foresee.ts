import { count } from '../../core/count.js';
import { sayMinute } from '../../core/instant.js';
import { emptyFields, type Fields } from '../../core/value.js';
import type { RunContext } from '../context.js';

/** What a dry run can say beyond the plan: what the LMS lacks for it, and what an earlier run left uncertain. */
export async function foresee(context: RunContext): Promise<readonly string[]> {
  const notices = await unsettled(context, 'the next run asks the LMS first');
  return [...notices, ...(await context.target.missingReferences(newValues(context)))];
}

/** What another run has not settled: one that goes on, and what one that was interrupted left uncertain. */
export async function unsettled(
  { store, underWay = null }: Pick<RunContext, 'store' | 'underWay'>,
  then: string,
): Promise<readonly string[]> {
  const uncertain = (await store.openIntents()).filter(({ run }) => run !== underWay?.run).length;
  const goesOn =
    underWay === null
      ? []
      : [`run ${underWay.run} is under way since ${sayMinute(underWay.since)}: what it changes just now may show here`];
  if (uncertain === 0) return goesOn;
  const changes = count(uncertain, 'change of an interrupted run is', 'changes of an interrupted run are');
  return [...goesOn, `${changes} uncertain; ${then}`];
}

async function* newValues(context: RunContext): AsyncGenerator<Fields> {
  for await (const rows of context.spool.changes()) {
    for (const { change } of rows) {
      if (change.heldBack !== undefined) continue;
      const values = Object.assign(emptyFields(), {});
      for (const [field, { after }] of Object.entries(change.fields)) values[field] = after;
      if (Object.keys(values).length > 0) yield values;
    }
  }
}
