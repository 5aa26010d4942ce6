import { StateError } from '../../errors.js';

/** Runs something on a state file; what SQLite or the file system refuse comes out as `StateError`. */
export function inState<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw toStateError(file, error);
  }
}

/** Passes a stream from a state file on; its errors come out as `StateError`. */
export async function* streamInState<Item>(file: string, stream: AsyncGenerator<Item>): AsyncGenerator<Item> {
  try {
    yield* stream;
  } catch (error) {
    throw toStateError(file, error);
  }
}

const DETAILS: Readonly<Record<string, string>> = {
  SQLITE_NOTADB: 'it is not an SQLite database',
  SQLITE_CORRUPT: 'it is damaged',
  SQLITE_FULL: 'the disk is full',
  SQLITE_BUSY: 'another process is writing to it',
  SQLITE_READONLY: 'it cannot be written',
  SQLITE_CANTOPEN: 'it, or a file beside it, cannot be opened',
  SQLITE_IOERR: 'the disk reports an error',
  EACCES: 'this user may not open it, or not make files in its folder',
  EPERM: 'it belongs to another user',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is used up",
  EEXIST: 'a part of its path is a file, not a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EISDIR: 'it is a folder, not a file',
};

const NOT_BUILT = /bindings file|NODE_MODULE_VERSION/;

/** What SQLite or the file system refused, as a `StateError`; anything else as it is. */
export function toStateError(file: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StateError) return error;
  const detail = detailOf(error);
  return detail === null ? error : new StateError(file, { kind: 'unusable', detail }, { cause: error });
}

// Null for what is not the file's fault. A constraint that does not hold is ours: the state is as good as before.
function detailOf(error: Error): string | null {
  if (NOT_BUILT.test(error.message)) {
    return 'the native part of better-sqlite3 was not built for this Node.js; run npm rebuild better-sqlite3';
  }
  const code = codeOf(error);
  if (code.startsWith('SQLITE_CONSTRAINT')) return null;
  if (code.startsWith('SQLITE_')) return DETAILS[code.split('_', 2).join('_')] ?? error.message;
  return 'syscall' in error ? (DETAILS[code] ?? error.message) : null;
}

/** The code that SQLite or the operating system gave an error, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
