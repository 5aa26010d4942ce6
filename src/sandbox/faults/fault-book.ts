import {
  type AnswerFault,
  type Fault,
  type FaultOrder,
  faultSchema,
  isDataFault,
  type StruckDataFault,
} from './fault.js';

/** What a fault can be aimed at. */
export interface FaultTarget {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly route: string | null;
}

/** What hits one request: any number of wrong data, and at most one wrong answer. */
export interface Strike {
  readonly data: readonly StruckDataFault[];
  readonly answer: AnswerFault | null;
}

/** A fault that was set, and how it fares. */
export interface FaultReport {
  readonly name: string;
  readonly fault: Fault;
  readonly matched: number;
  readonly struck: number;
}

interface Entry {
  readonly order: ReturnType<typeof faultSchema.parse>;
  readonly name: string;
  matched: number;
  struck: number;
}

const untouched: Strike = { data: [], answer: null };

/** The faults of one system. They stay until removed, also when they have run out. */
export class FaultBook {
  private entries: readonly Entry[] = [];

  /** @throws z.ZodError when the order is not one */
  add(order: FaultOrder): FaultReport {
    const parsed = faultSchema.parse(order);
    const entry = { order: parsed, name: parsed.name ?? parsed.fault.kind, matched: 0, struck: 0 };
    this.entries = [...this.entries, entry];
    return reportOn(entry);
  }

  /** Removes the faults of one name, or all. */
  clear(name?: string): void {
    this.entries = name === undefined ? [] : this.entries.filter((entry) => entry.name !== name);
  }

  list(): readonly FaultReport[] {
    return this.entries.map(reportOn);
  }

  /** Counts a request and says what hits it. */
  strike(target: FaultTarget): Strike {
    if (this.entries.length === 0) return untouched;
    const due = this.entries.filter((entry) => matches(entry, target) && isDue(entry));
    const data: StruckDataFault[] = [];
    let answer: AnswerFault | null = null;
    for (const { order, struck } of due) {
      if (isDataFault(order.fault)) data.push({ ...order.fault, strike: struck });
      else answer ??= order.fault;
    }
    return { data, answer };
  }
}

function matches({ order: { match } }: Entry, target: FaultTarget): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== target.method) return false;
  if (match.route !== undefined && match.route !== target.route) return false;
  return match.path === undefined || new RegExp(match.path).test(target.path);
}

function isDue(entry: Entry): boolean {
  entry.matched += 1;
  const { from, times } = entry.order;
  const due = entry.matched >= from && (times === null || entry.matched < from + times);
  if (due) entry.struck += 1;
  return due;
}

function reportOn({ name, order, matched, struck }: Entry): FaultReport {
  return { name, fault: order.fault, matched, struck };
}
