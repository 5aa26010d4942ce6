/** The value of an alias as it came; undefined where it is not shown. */
export type View = (alias: string) => unknown;

/** One person's values. */
export interface Row {
  readonly id: string | null;
  readonly value: View;
}

/** The values of many people, whichever way they came. */
export interface Table {
  readonly by: 'report' | 'dataset';
  /** Aliases that the key may read. */
  readonly columns: ReadonlySet<string>;
  readonly rows: readonly Row[];
  /** What is to be told of the way that was taken. */
  readonly notices: readonly string[];
}
