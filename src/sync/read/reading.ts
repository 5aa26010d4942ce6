import { count } from '../../core/count.js';
import { emailKey } from '../../core/email.js';
import type { Source } from '../../sources/source.js';
import type { ReadMarks } from '../../store/read-marks.js';
import type { RunContext } from '../context.js';
import { namedIn, type PartialReads, readsOf } from '../run-kind.js';
import { newCredentials } from '../same-company.js';

/** Whom a run reads: everybody, or those who changed since an instant (null: nobody for that reason) and those of some ids. */
export type ReadChoice =
  | { readonly kind: 'everybody'; readonly notices: readonly string[] }
  | {
      readonly kind: 'some';
      readonly since: Date | null;
      readonly ids: readonly string[];
      readonly notices: readonly string[];
    };

/** A source that can read some people. */
export type PartialSource = Source & Required<Pick<Source, 'capabilities' | 'readByIds'>>;

/**
 * Chooses whom to read. A run between nights reads everybody where it must (nobody has been read yet, or not for too long,
 * or the HR system cannot do otherwise) and where that takes fewer requests.
 */
export async function chooseReading(context: RunContext): Promise<ReadChoice> {
  const { store, source, options, now } = context;
  const reads = readsOf(options.kind);
  if (reads === undefined) return { kind: 'everybody', notices: [] };
  const named = namedIn(options.kind);
  const marks = await store.readMarks();
  const isNew = (await newCredentials(context)).source;
  const whole = isNew ? `the credentials for ${source.title} are new` : mustBeWhole(source, marks, reads, now());
  if (whole !== null || !isPartial(source)) return { kind: 'everybody', notices: [`everybody is read: ${whole}`] };
  const chosen = named.length > 0 ? await idsOf(context, named) : await idsFor(context);
  const ids = [...new Set([...reads.ids, ...chosen])];
  const { peoplePerPage, idsPerRequest } = source.capabilities;
  const everybody = (await store.lastCompleteRun())?.employees ?? 0;
  if (named.length === 0 && Math.ceil(ids.length / idsPerRequest) > Math.max(5, everybody / peoplePerPage)) {
    return {
      kind: 'everybody',
      notices: [`everybody is read: that is less than asking for ${count(ids.length, 'person', 'people')}`],
    };
  }
  const since = reads.changed && named.length === 0 ? new Date(marks.changesUntil ?? 0) : null;
  return { kind: 'some', since, ids, notices: [`the last complete read began at ${marks.everybodyAt}`] };
}

/** Whether a source can read people by their ids. */
export function isPartial(source: Source): source is PartialSource {
  return source.capabilities !== undefined && source.readByIds !== undefined;
}

/** Why a run between nights must read everybody, as part of a sentence; null when it need not. */
export function mustBeWhole(
  source: Pick<Source, 'title' | 'capabilities' | 'readChanged' | 'readByIds'>,
  { changesUntil, everybodyAt }: Pick<ReadMarks, 'changesUntil' | 'everybodyAt'>,
  { changed, fullEvery }: Pick<PartialReads, 'changed' | 'fullEvery'>,
  now: Date,
): string | null {
  if (changesUntil === null || everybodyAt === null) return 'no run has read everybody yet';
  if (source.capabilities === undefined || source.readByIds === undefined)
    return `${source.title} cannot be asked for single people`;
  if (Date.parse(changesUntil) > now.getTime() || Date.parse(everybodyAt) > now.getTime())
    return 'the last read began at a time that is still to come: the clock was set back';
  if (!changed) return null;
  if (source.readChanged === undefined) return `${source.title} cannot be asked who changed`;
  const age = now.getTime() - Date.parse(everybodyAt);
  return age < fullEvery ? null : `the last complete read began at ${everybodyAt}`;
}

/** Those whom the calendar makes due, and those with whom something is left to be done. */
async function idsFor({ store, policy, options }: RunContext): Promise<readonly string[]> {
  if (readsOf(options.kind)?.changed !== true) return [];
  const ids = new Set(await store.undone());
  for (const { employee } of await store.failures()) ids.add(employee.id);
  for (const { employee } of await store.openIntents()) ids.add(employee.id);
  for (const { employee } of await store.endings()) ids.add(employee.id);
  for await (const batch of store.schedule()) {
    for (const { employee, on } of batch) if (on <= policy.today) ids.add(employee.id);
  }
  return [...ids];
}

/** The employee ids of persons who are named by id or address. */
async function idsOf({ store }: RunContext, persons: readonly string[]): Promise<readonly string[]> {
  const linked = await store.snapshotsByEmail(persons.map(emailKey));
  return [...persons.filter((person) => !person.includes('@')), ...linked.map(({ employeeId }) => employeeId)];
}
