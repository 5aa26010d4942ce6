import { CsvError, type Parser, parse } from 'csv-parse';
import { broken } from './broken.js';
import { decoderFor } from './decode.js';
import { dialectOf, hasHeader } from './dialect.js';
import type { CsvSettings } from './settings.js';

/** One row below the header. Lines count from 1. */
export interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A file as rows of cells: the header at once, the people as they are asked for. */
export interface Table {
  readonly header: readonly string[];
  readonly encoding: string;
  readonly delimiter: string;
  /** The rows that hold something, in batches; throws where the file turns out to be cut off or of another shape. */
  readonly rows: AsyncGenerator<readonly Row[], void>;
}

type Form = Pick<CsvSettings, 'encoding' | 'delimiter' | 'quote' | 'header_rows' | 'complete_when'>;

// A cell that is longer has no end: its quote was never closed. In characters.
const LONGEST_ROW = 1_000_000;

interface Start {
  encoding: string;
  delimiter: string;
}

/** Opens a file from its bytes; `name` stands in messages. */
export async function openTable(chunks: AsyncIterable<Buffer>, form: Form, name: string): Promise<Table> {
  const start: Start = { encoding: '', delimiter: ',' };
  const batches = filled(parsed(chunks, form, name, start));
  const first = await batches.next();
  const [header, ...rest] = first.done ? [] : first.value;
  if (header === undefined) throw broken(`${name} holds no header: look at the export`);
  const below = without(form.header_rows - 1, startingWith(rest, batches));
  const people = shaped(below, header.cells.length, form, { name, start });
  return { header: header.cells, ...start, rows: people };
}

async function* startingWith(first: readonly Row[], rest: AsyncGenerator<readonly Row[]>) {
  yield first;
  yield* rest;
}

/** The rows but for the first ones: a second header row is nobody. */
async function* without(rows: number, batches: AsyncGenerator<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  let left = rows;
  for await (const batch of batches) {
    yield batch.slice(left);
    left = Math.max(0, left - batch.length);
  }
}

/** The rows in which at least one cell holds something. */
async function* filled(batches: AsyncGenerator<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  for await (const batch of batches) {
    const rows = batch.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    if (rows.length > 0) yield rows;
  }
}

interface Place {
  readonly name: string;
  readonly start: Start;
}

/** Holds each row to the header, and the last row to the trailer where there is one. */
async function* shaped(
  batches: AsyncGenerator<readonly Row[]>,
  width: number,
  { complete_when }: Form,
  { name, start }: Place,
): AsyncGenerator<readonly Row[], void> {
  const trailer = 'trailer' in complete_when ? complete_when.trailer : null;
  let held: Row | undefined;
  let count = 0;
  for await (const batch of batches) {
    const rows = held === undefined ? batch : [held, ...batch];
    held = trailer === null ? undefined : rows.at(-1);
    const people = held === undefined ? rows : rows.slice(0, -1);
    for (const row of people) holdToWidth(row, width, name);
    count += people.length;
    if (people.length > 0) yield people;
  }
  if (trailer !== null) {
    const written = (held?.cells ?? []).join(start.delimiter);
    const told = trailer.capture(written) ?? trailer.capture(written.replace(/\W+$/, ''));
    const wanted = `(source.complete_when.trailer ${trailer.source})`;
    if (told === null) throw broken(`the last row of ${name} is no trailer ${wanted}: the file is cut off`);
    if (Number(told) !== count) throw broken(`the trailer of ${name} says ${told} rows, and ${count} came ${wanted}`);
  }
  if (count === 0) throw broken(`${name} holds a header and nobody: look at the export`);
}

function holdToWidth({ cells, line }: Row, width: number, name: string): void {
  if (cells.length === width) return;
  if (cells.length < width) {
    throw broken(`line ${line} of ${name} has ${cells.length} of ${width} cells: the file is cut off or damaged`);
  }
  if (cells.slice(width).every((cell) => cell.trim() === '')) return;
  throw broken(
    `line ${line} of ${name} has ${cells.length} cells, and the header ${width}: a delimiter in a text was not quoted`,
  );
}

async function* parsed(
  chunks: AsyncIterable<Buffer>,
  form: Form,
  name: string,
  start: Start,
): AsyncGenerator<readonly Row[]> {
  let rows: RowParser | null = null;
  let head = '';
  const feed = (text: string): readonly Row[] => {
    if (rows !== null) return rows.take(text);
    head += text;
    if (!hasHeader(head, form.quote)) return [];
    rows = begin();
    return rows.take(head);
  };
  const begin = (): RowParser => {
    const dialect = dialectOf(head, form.delimiter, form.quote, name);
    head = dialect.text;
    start.delimiter = dialect.delimiter;
    return new RowParser(dialect.delimiter, form.quote, name, dialect.linesBefore);
  };
  let decoder: ReturnType<typeof decoderFor> | null = null;
  for await (const chunk of chunks) {
    decoder ??= decoderFor(chunk, form.encoding, name);
    start.encoding = decoder.encoding;
    yield feed(decoder.decode(chunk));
  }
  yield feed(decoder?.end() ?? '');
  const whole: RowParser = rows ?? begin();
  if (rows === null) yield whole.take(head);
  yield await whole.end();
}

/** The parser, fed by hand: one turn of the event loop for each chunk instead of one for each row. */
class RowParser {
  readonly #parser: Parser;
  #failure: Error | null = null;
  #line = 1;

  constructor(
    delimiter: string,
    quote: string,
    private readonly name: string,
    private readonly linesBefore: number,
  ) {
    this.#parser = parse({
      ...{ delimiter, quote, escape: quote, bom: false },
      ...{ record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true },
      ...{ max_record_size: LONGEST_ROW },
    });
    this.#parser.on('error', (error) => {
      this.#failure = error;
    });
  }

  take(text: string): readonly Row[] {
    if (text !== '') this.#parser.write(text);
    return this.#rows();
  }

  async end(): Promise<readonly Row[]> {
    await new Promise<void>((done) => {
      this.#parser.end(() => done());
    });
    return this.#rows();
  }

  #rows(): readonly Row[] {
    const rows: Row[] = [];
    for (let next: unknown = this.#parser.read(); next !== null; next = this.#parser.read()) {
      const cells = next as readonly string[];
      rows.push({ cells, line: this.#line + this.linesBefore });
      this.#line += 1;
      for (const cell of cells) if (cell.includes('\n') || cell.includes('\r')) this.#line += breaksIn(cell);
    }
    const failure = this.#failure ?? this.#parser.errored;
    if (failure !== null) throw this.#explained(failure);
    return rows;
  }

  #explained(error: Error): Error {
    if (!(error instanceof CsvError)) return error;
    const line = this.#line + this.linesBefore;
    return broken(
      `${this.name} cannot be read from line ${line} on: a quote is never closed, so the file is cut off or damaged`,
      {
        cause: error,
      },
    );
  }
}

function breaksIn(cell: string): number {
  return cell.split(/\r\n|\n|\r/).length - 1;
}
