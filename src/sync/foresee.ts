import { emptyFields, type Fields } from '../core/value.js';
import type { RunContext } from './context.js';

/** What a dry run can say beyond the plan: what the LMS lacks for it, and what an earlier run left uncertain. */
export async function foresee(context: RunContext): Promise<readonly string[]> {
  const uncertain = (await context.store.openIntents()).length;
  const notices =
    uncertain > 0 ? [`${uncertain} changes of an interrupted run are uncertain; the next run asks the LMS first`] : [];
  return [...notices, ...(await context.target.missingReferences(newValues(context)))];
}

async function* newValues(context: RunContext): AsyncGenerator<Fields> {
  for await (const rows of context.spool.changes()) {
    for (const { change } of rows) {
      const values = Object.assign(emptyFields(), {});
      for (const [field, { after }] of Object.entries(change.fields)) values[field] = after;
      if (Object.keys(values).length > 0) yield values;
    }
  }
}
