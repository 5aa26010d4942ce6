import { CredentialsError, type HrsyncError, PermissionError } from '../../errors.js';

/** So many failures in a row with one cause are no longer about single people. */
const SAME_CAUSE_LIMIT = 10;

/**
 * Tells when what goes wrong concerns everybody, so that a run stops instead of burning through the list. Endings are not
 * watched: they stop for nothing but refused credentials.
 */
export class CauseWatch {
  #last = '';
  #inRow = 0;

  /** Notes a failure; true when it is about everybody. */
  failed(error: HrsyncError): boolean {
    const facts = ['status', 'code'].map((key) => (key in error ? String(Reflect.get(error, key)) : ''));
    const cause = [error.name, ...facts].join(' ');
    const perPerson = 'reason' in error && error.reason !== 'other';
    this.#inRow = cause === this.#last && !perPerson ? this.#inRow + 1 : 1;
    this.#last = cause;
    return concernsAll(error) || this.#inRow >= SAME_CAUSE_LIMIT;
  }

  succeeded(): void {
    this.#inRow = 0;
  }
}

/** Whether an error is about the credentials, and so about nobody in particular. */
export function concernsAll(error: unknown): boolean {
  return error instanceof CredentialsError || error instanceof PermissionError;
}
