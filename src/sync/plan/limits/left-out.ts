import { batchesOf } from '../../../core/batches.js';
import type { Skip } from '../../../core/change.js';
import type { Planned } from '../../../core/safety.js';
import { conditionsIn } from '../../../core/scope.js';
import type { RunContext } from '../../context.js';
import type { Pulled } from '../../read/pulled.js';
import { isWhole } from '../../run-kind.js';

/** Linked people whom a run leaves out, and what the limit on them looks at. */
export interface LeftOut {
  /** Everybody linked whom this run leaves out; remembered once a run has gone ahead. */
  readonly linked: ReadonlySet<string>;
  readonly judged: Planned['leftOut'];
}

/** A run for some people only leaves everybody else out on purpose. */
export const NOBODY_LEFT_OUT: LeftOut = { linked: new Set(), judged: { people: new Set(), of: 0, cause: null } };

/**
 * Tells whom a plan leaves out: linked people who are skipped, unreadable or out of scope and were served before. Before
 * there are accounts it is everybody who is skipped, of those in scope; whom a filter keeps out was meant to be, unless it
 * keeps out everybody.
 */
export async function findLeftOut(context: RunContext, pulled: Pulled, skips: readonly Skip[]): Promise<LeftOut> {
  if (!isWhole(context.options.kind)) return NOBODY_LEFT_OUT;
  // What the config protects is left alone because somebody said so.
  const relevant = skips.filter(({ reason }) => reason !== 'protected');
  const counts = await context.store.countSnapshots();
  if (counts.active + counts.pending + counts.deactivated === 0) return atFirst(context, pulled, relevant);
  const linked = await linkedAmong(context, relevant);
  const known = await context.store.leftOut();
  const earlier = pulled.people === null ? new Set<string>() : await leftOutBetweenNights(context, pulled.people);
  const people = new Set([...linked, ...earlier].filter((id) => !known.has(id)));
  const cause = causeOf(
    context,
    pulled,
    relevant.filter(({ employee }) => people.has(employee.id)),
  );
  return { linked, judged: { people, of: counts.active, cause } };
}

function atFirst(context: RunContext, pulled: Pulled, skips: readonly Skip[]): LeftOut {
  const inside = skips.filter(({ reason }) => reason !== 'out_of_scope');
  const concerned = pulled.inScope === 0 ? skips : inside;
  const people = new Set(concerned.map(({ employee }) => employee.id));
  const of = pulled.inScope === 0 ? people.size : pulled.inScope;
  return { linked: new Set(), judged: { people, of, cause: causeOf(context, pulled, concerned) } };
}

async function linkedAmong({ store }: RunContext, skips: readonly Skip[]): Promise<ReadonlySet<string>> {
  const linked = new Set<string>();
  for (const batch of batchesOf(skips)) {
    for (const { employeeId, state } of await store.keysOf(batch.map(({ employee }) => employee.id)))
      if (state === 'active') linked.add(employeeId);
  }
  return linked;
}

// Runs between nights share their limit: a fault that comes person by person must not pass in slices.
async function leftOutBetweenNights(context: RunContext, people: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const skips: Skip[] = [];
  for await (const batch of context.store.skips())
    skips.push(...batch.filter(({ employee, reason }) => !people.has(employee.id) && reason !== 'protected'));
  return linkedAmong(context, skips);
}

/** The cause that most of these people share, with the line of the config or the value in HR that it lies in. */
function causeOf({ placeOf, policy }: RunContext, pulled: Pulled, skips: readonly Skip[]): string | null {
  const groups = new Map<string, Skip[]>();
  for (const skip of skips) {
    const key = skip.line?.join('.') ?? skip.reason;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [skip]);
    else group.push(skip);
  }
  const [largest] = [...groups.values()].toSorted((one, other) => other.length - one.length);
  const first = largest?.[0];
  if (largest === undefined || first === undefined) return null;
  if (first.reason === 'out_of_scope') {
    const vanished = conditionsIn(policy.scope.filter).flatMap(({ field, in: listed = [] }) =>
      listed
        .filter((value) => !pulled.filterValues.has(`${field}\n${value}`))
        .map((value) => `no employee has ${field} "${value}" any more`),
    );
    if (vanished.length > 0) return `${vanished.join(', ')} (${placeOf(['employees', 'filter'])})`;
  }
  const place = first.line === undefined ? '' : `${placeOf(first.line)}: `;
  const share = largest.length === skips.length ? 'the cause' : `the cause for ${largest.length} of them`;
  return `${share}: ${place}${impersonal(first)}`;
}

// A refusal goes to cron's log, where names and addresses of people have no place.
function impersonal({ reason, message }: Skip): string {
  if (reason === 'name_differs') return 'the names in HR are others than those of the accounts';
  if (reason === 'invalid_email')
    return message.replace(/^.* is no e-mail address/s, 'what it holds is no e-mail address');
  return message;
}
