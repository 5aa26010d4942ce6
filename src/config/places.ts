import type { LineCounter } from 'yaml';
import type { ConfigProblem } from '../errors.js';
import { type Path, pathText, type Trouble } from './trouble.js';

/** Where every key and value of one file stands, so that a trouble with a path becomes a problem with a place. */
export class Places {
  private readonly keys = new Map<string, number>();
  private readonly values = new Map<string, number>();

  constructor(
    private readonly file: string,
    private readonly lines: LineCounter,
  ) {}

  setKey(path: Path, offset: number): void {
    this.keys.set(idOf(path), offset);
  }

  setValue(path: Path, offset: number): void {
    this.values.set(idOf(path), offset);
  }

  /** Whether the file has something at this path. */
  has(path: Path): boolean {
    return this.values.has(idOf(path)) || this.keys.has(idOf(path));
  }

  /** The line of a key or of an item of a list, or null where the file has no such thing. */
  lineOf(path: Path): number | null {
    const offset = this.keys.get(idOf(path)) ?? this.values.get(idOf(path));
    return offset === undefined ? null : this.lines.linePos(offset).line;
  }

  /** Points at the value; where the file has none, at the nearest key above it. */
  locate({ path, message, suggestion }: Trouble): ConfigProblem {
    const offset = this.values.get(idOf(path)) ?? this.offsetOfKey(path);
    return this.problemAt(offset, path, message, suggestion);
  }

  /** Points at a key instead of its value. */
  locateKey(key: Path, { path, message, suggestion }: Trouble): ConfigProblem {
    return this.problemAt(this.offsetOfKey(key), path, message, suggestion);
  }

  problemAt(offset: number, path: Path, message: string, suggestion: string | null = null): ConfigProblem {
    const { line, col } = this.lines.linePos(offset);
    // An offset beyond the last line start (an empty file) is answered with line 0.
    const place = { line: Math.max(line, 1), column: Math.max(col, 1) };
    return { file: this.file, ...place, path: pathText(path), message, suggestion };
  }

  private offsetOfKey(path: Path): number {
    for (let length = path.length; length > 0; length -= 1) {
      const id = idOf(path.slice(0, length));
      const offset = this.keys.get(id) ?? this.values.get(id);
      if (offset !== undefined) return offset;
    }
    return 0;
  }
}

function idOf(path: Path): string {
  return JSON.stringify(path);
}
