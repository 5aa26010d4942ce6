import { describe, expect, it } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { inState } from '../../../src/store/sqlite/trouble.js';

/** What comes out when a piece of work throws an error with these facts. */
function thrown(message: string, facts: Readonly<Record<string, unknown>> = {}): unknown {
  try {
    inState('acme.db', () => {
      throw Object.assign(new Error(message), facts);
    });
  } catch (error) {
    return error;
  }
  return null;
}

describe('trouble with a state file', () => {
  it.each([
    ['a full disk, as SQLite tells it', 'database or disk is full', { code: 'SQLITE_FULL' }, 'the disk is full'],
    ['a full disk, as the system tells it', 'ENOSPC', { code: 'ENOSPC', syscall: 'open' }, 'the disk is full'],
    ['damage, whatever its kind', 'malformed', { code: 'SQLITE_CORRUPT_INDEX' }, 'it is damaged'],
    ['an unknown code, in its own words', 'odd', { code: 'SQLITE_NOLFS' }, 'odd'],
    [
      'a native part that was not built',
      'Could not locate the bindings file. Tried: …',
      { code: 'MODULE_NOT_FOUND' },
      'the native part of better-sqlite3 was not built for this Node.js; run npm rebuild better-sqlite3',
    ],
  ])('says in plain words: %s', (_, message, facts, detail) => {
    const error = thrown(message, facts);
    expect(error).toBeInstanceOf(StateError);
    expect(error).toMatchObject({ file: 'acme.db', problem: { kind: 'unusable', detail }, cause: { message } });
  });

  it.each([
    ['a broken rule of the schema', 'UNIQUE constraint failed', { code: 'SQLITE_CONSTRAINT_UNIQUE' }],
    ['a mistake of the program', 'x is not a function', {}],
    ['a wrong argument', 'bad', { code: 'ERR_INVALID_ARG_TYPE' }],
  ])('is not blamed on the file: %s', (_, message, facts) => {
    const error = thrown(message, facts);
    expect(error).not.toBeInstanceOf(StateError);
    expect(error).toMatchObject({ message });
  });
});
