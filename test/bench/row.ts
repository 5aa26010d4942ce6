import { median } from './measure.js';

/** One line of the table. All but the name and what was reached may be empty. */
export interface Row {
  readonly what: string;
  readonly floor: string;
  readonly ours: string;
  readonly reached: string;
  /** Smallest and largest of the repetitions. */
  readonly spread: string;
  readonly goal: string;
  readonly met: boolean | null;
  /** What travels to other machines, the smaller the better; absent where nothing does. */
  readonly ratio?: number;
}

/** What one repetition took, side by side: the floor, then ours. */
export interface Pair {
  readonly floor: number;
  readonly ours: number;
}

/** A line for times (seconds) and their ratio; the ratio is the median of the pairs' own. */
export function ratioRow(what: string, pairs: readonly Pair[], goal: number | null): Row {
  const ratios = pairs.map(({ floor, ours }) => ours / floor);
  const reached = median(ratios);
  return {
    what,
    floor: seconds(median(pairs.map((pair) => pair.floor))),
    ours: seconds(median(pairs.map((pair) => pair.ours))),
    reached: times(reached),
    spread: spreadOf(ratios, times),
    goal: goal === null ? '' : `at most ${goal}×`,
    met: goal === null ? null : reached <= goal,
    ratio: reached,
  };
}

/** A line for the peak memory of whole processes, in megabytes. */
export function memoryRow(what: string, pairs: readonly Pair[], goal: number | null): Row {
  const ours = pairs.map((pair) => pair.ours);
  const reached = median(ours);
  return {
    what,
    floor: megabytes(median(pairs.map((pair) => pair.floor))),
    ours: megabytes(reached),
    reached: megabytes(reached),
    spread: spreadOf(ours, megabytes),
    goal: goal === null ? '' : `at most ${goal} MB`,
    met: goal === null ? null : reached <= goal,
    // Memory is the same wherever it is measured: a hundred megabytes are 1.
    ratio: reached / 100,
  };
}

/** The smallest and the largest of some values, and how many they are. */
export function spreadOf(values: readonly number[], say: (value: number) => string): string {
  return `${say(Math.min(...values))} to ${say(Math.max(...values))} (${values.length})`;
}

/** A time with three digits that count. */
export function seconds(value: number): string {
  return value < 1 ? `${(value * 1_000).toPrecision(3)} ms` : `${value.toPrecision(3)} s`;
}

function times(value: number): string {
  return `${value.toFixed(2)}×`;
}

function megabytes(value: number): string {
  return `${Math.round(value)} MB`;
}
