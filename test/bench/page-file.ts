import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';

/** How many people Personio gives on one page. */
export const PAGE_SIZE = 100;

/** Pages one behind the other in one file, with their lengths beside it. */
export interface PageFile {
  readonly length: number;
  /** The bytes of a page, in a buffer of their own as an answer over HTTP is. */
  page(number: number): Buffer;
}

/** Writes pages to a file. */
export function writePages(file: string, pages: Iterable<string>): void {
  const descriptor = openSync(file, 'w');
  const lengths: number[] = [];
  for (const page of pages) lengths.push(writeSync(descriptor, page));
  closeSync(descriptor);
  writeFileSync(lengthsOf(file), JSON.stringify(lengths));
}

/** Opens pages for reading until the process ends. */
export function openPages(file: string): PageFile {
  const lengths = JSON.parse(readFileSync(lengthsOf(file), 'utf8')) as number[];
  const descriptor = openSync(file, 'r');
  const starts: number[] = [];
  let start = 0;
  for (const length of lengths) {
    starts.push(start);
    start += length;
  }
  return {
    length: lengths.length,
    page(number) {
      const bytes = Buffer.allocUnsafeSlow(lengths[number] ?? 0);
      readSync(descriptor, bytes, 0, bytes.length, starts[number] ?? 0);
      return bytes;
    },
  };
}

function lengthsOf(file: string): string {
  return `${file}.lengths`;
}
