import { type Statement, statement, type Value } from './statement.js';

type Scalar = string | number | boolean | null;
type Type = 'text' | 'integer' | 'bigint' | 'boolean';

/** Rows that one statement carries at most: a longer list would stand in memory several times over. */
const MOST_ROWS = 5_000;

/** Statements that insert many rows of a connector at once, their values as one array a column. */
export class Bulk<Column extends string> {
  readonly #columns: readonly Column[];
  readonly #text: string;

  /**
   * @param expressions what is inserted for columns that are not given as they are; `given` is the row, `given.ordinal` its number
   * @param tail what becomes of a row that is there already
   */
  constructor(
    table: string,
    columns: Readonly<Record<Column, Type>>,
    {
      expressions = {},
      tail = '',
    }: { readonly expressions?: Readonly<Record<string, string>>; readonly tail?: string } = {},
  ) {
    this.#columns = Object.keys(columns) as Column[];
    const into = [...this.#columns, ...Object.keys(expressions)].join(', ');
    const from = [...this.#columns.map((column) => `given.${column}`), ...Object.values(expressions)].join(', ');
    const arrays = this.#columns.map((column, index) => `$${index + 2}::${columns[column]}[]`).join(', ');
    this.#text = `INSERT INTO ${table} (connector, ${into}) SELECT $1, ${from}
      FROM unnest(${arrays}) WITH ORDINALITY AS given (${this.#columns.join(', ')}, ordinal) ORDER BY given.ordinal ${tail}`;
  }

  /** The statements for some rows; none for no row. */
  of(connector: string, rows: readonly Readonly<Record<Column, Scalar>>[]): Statement[] {
    const statements: Statement[] = [];
    for (let start = 0; start < rows.length; start += MOST_ROWS) {
      const chunk = rows.slice(start, start + MOST_ROWS);
      const arrays: Value[] = this.#columns.map((column) => chunk.map((row) => row[column]));
      statements.push(statement(this.#text, connector, ...arrays));
    }
    return statements;
  }
}

/** The last of those rows that have a key in common, in the order of the first. */
export function lastOfEach<Row>(rows: readonly Row[], key: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}
