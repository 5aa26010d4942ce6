import type { Fields } from '../../../src/core/value.js';
import { silentLog } from '../../../src/http/log.js';
import type { AdapterWorld } from '../../../src/http/world.js';
import type { Company, Person, Sandbox } from '../../../src/sandbox/index.js';
import type { ReadFacts, Source, SourcePage, SourceRecord } from '../../../src/sources/source.js';

import { EXPECTED_FIELDS } from './expected.js';
import type { Refused } from './refusing-proxy.js';

/** A source opened on its stand-in, and what the suite must know of the two. */
export interface SourceStage {
  /** What HR holds. May be changed before a read. */
  readonly company: Company;
  /** What lets things happen there. */
  readonly hr: Sandbox['hr'];
  /** The stand-in that the source reads. */
  readonly system: Pick<Sandbox['personio'], 'url' | 'faults' | 'requests'>;
  /** The stand-in's names for the route that lists employees and the one that lists attributes. */
  readonly routes: { readonly employees: string; readonly attributes: string };
  /** The id under which the source knows a person; HR's own number unless said otherwise. */
  idOf?(person: Pick<Person, 'id'>): string;
  /** What the system makes of somebody's fields where it cannot hold all of them; everything unless said otherwise. */
  expected?(fields: Fields): Fields;
  /** What the system itself calls an HR field. */
  attributeOf(field: string): string;
  /** Bodies that say no under status 200. */
  readonly refusals: readonly unknown[];
  /** Which call of a read of some people such a body answers; the third GET unless said otherwise. */
  readonly refused?: Refused;
  /** Opens the source anew: with good credentials unless told otherwise, and at the stand-in or at what stands before it. */
  open(how?: { readonly credentials?: 'wrong'; readonly url?: string }): Source;
  stop(): Promise<void>;
}

/** HR fields of the made-up company without those that a system has no field for. */
export function expectedWithout(lacks: readonly string[]): readonly string[] {
  return EXPECTED_FIELDS.filter((field) => !lacks.includes(field));
}

/** In what HR systems differ; a promise that rests on what a system does not have is kept by other means. */
export interface SourceTraits {
  /** Whether a source tells how many people there are. */
  readonly givesTotals: boolean;
  /** Whether it has to count them itself, because the system does not tell. */
  readonly countsItself: boolean;
  /** Whether an attribute that may not be read is left out of records; otherwise it is empty on all of them. */
  readonly omitsLost: boolean;
  /** Whether attributes are listed apart from people; otherwise a lost one shows only in that nobody has it. */
  readonly hasCatalogue: boolean;
  /** HR fields that the system has no field for. */
  readonly lacks: readonly string[];
  /** Whether people belong to units that have ids, and may have no name; otherwise HR shows the name alone. */
  readonly unitsHaveIds: boolean;
  /** Whether it is asked over HTTP; a file has no faults of a network, no credentials and no units without a name. */
  readonly overHttp: boolean;
}

/** The world of a test: it does not wait, and no chance is in it. */
export const testWorld: AdapterWorld = {
  now: () => new Date(),
  sleep: async () => undefined,
  random: () => 0.5,
  randomInt: (below) => below - 1,
  log: silentLog,
  signal: new AbortController().signal,
  environment: { proxyFor: () => '' },
};

/** Everything that one read brought. */
export function readAll(source: Source, fields: readonly string[]) {
  return allOf(source.read(fields));
}

/** Everything that a read of those who changed brought. */
export function readChanged(source: Source, fields: readonly string[], since: Date) {
  if (source.readChanged === undefined) throw new Error('the source cannot be asked who changed');
  return allOf(source.readChanged(fields, since));
}

/** Everything that a read of some people brought. */
export function readByIds(source: Source, fields: readonly string[], ids: readonly string[]) {
  if (source.readByIds === undefined) throw new Error('the source cannot be asked for single people');
  return allOf(source.readByIds(fields, ids));
}

async function allOf<Page extends SourcePage>(pages: AsyncGenerator<Page, ReadFacts>) {
  const records: SourceRecord[] = [];
  const totals: (number | null)[] = [];
  const absent: string[] = [];
  for (;;) {
    const step = await pages.next();
    if (step.done) return { ...sorted(records), totals, absent, facts: step.value };
    records.push(...step.value.records);
    totals.push(step.value.total);
    if ('absent' in step.value && Array.isArray(step.value.absent)) absent.push(...step.value.absent);
  }
}

function sorted(records: readonly SourceRecord[]) {
  return {
    employees: records.flatMap((record) => ('employee' in record ? [record.employee] : [])),
    unreadable: records.flatMap((record) => ('unreadable' in record ? [record.unreadable] : [])),
  };
}
