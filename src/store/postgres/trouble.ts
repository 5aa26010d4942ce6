import { StateError } from '../../errors.js';
import { DatabaseError, LeaseLostError } from '../../errors-state.js';

/** How a connection stood when something failed: it was being made, or it was in use. */
export type Moment = 'unreachable' | 'lost';

/** What a failure is about, by the code that PostgreSQL or the operating system gives it. */
const DETAILS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name of the host is not known',
  EAI_AGAIN: 'the name of the host could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'there is no way to the host',
  ENETUNREACH: 'there is no way to the host',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  ENOENT: 'there is no such socket',
  '28P01': 'it refused user or password',
  '28000': 'it does not let this user in from here',
  '3D000': 'there is no such database',
  '42501': 'the role may not do that (hrsync guide fleet lists the rights)',
  '53300': 'it has no connection to spare (max_connections)',
  '57P01': 'it is being shut down',
  '57P02': 'it crashed or was stopped at once',
  '57P03': 'it is starting up or shutting down',
  '25P03': 'it ended a transaction that stood still for too long',
  '53100': 'its disk is full',
  '25006': 'it takes no writes: it is a standby, or set to read only',
  '55P03': 'a lock was not free in time',
};

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|does not support SSL/;
/** Codes of a connection that is not there any more. */
const GONE = /^(08...|57P0[123]|25P03|E[A-Z]+)$/;

/**
 * An error of the driver as one of ours, without an address or a value of a row: its texts may hold both. An integrity
 * error stays what it is: the state is as good as before.
 */
export function translated(error: unknown, shown: string, moment: Moment): Error {
  if (error instanceof StateError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'HS001') return new LeaseLostError('another process has taken the lease');
  if (code.startsWith('23') || code.startsWith('22')) return new Error(`the database refused a row (${code})`);
  if (isAborted(error)) return new AbortedError();
  const isGone = code === '' || GONE.test(code) || moment === 'unreachable';
  if (!isGone)
    return new DatabaseError(
      shown,
      { kind: 'database', detail: DETAILS[code] ?? `${plain(message)} (${code})` },
      { cause: withoutText(error) },
    );
  return new DatabaseError(shown, { kind: moment, detail: detailOf(code, message) }, { cause: withoutText(error) });
}

/** A statement in a transaction that an earlier one has ended. */
class AbortedError extends Error {
  constructor() {
    super('the transaction was aborted');
  }
}

/** Whether a statement failed only because one before it in the transaction had. */
export function isAborted(error: unknown): boolean {
  return error instanceof AbortedError || codeOf(error) === '25P02';
}

/** What may be kept of an error beside our own words: its code. */
function withoutText(error: unknown): Error {
  return Object.assign(new Error('a failure of the database'), { code: codeOf(error) });
}

/** The code that PostgreSQL or the operating system gave an error, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function detailOf(code: string, message: string): string {
  if (CERTIFICATE.test(`${code} ${message}`))
    return /does not support/.test(message)
      ? 'it offers no TLS, which hrsync asks for unless the database is on this machine'
      : 'its certificate is not trusted, or not for this name; sslrootcert=FILE in the address names who to trust';
  if (/timeout/i.test(message)) return 'it did not answer in time';
  return DETAILS[code] ?? (code === '' ? 'the connection was broken off' : `${plain(message)} (${code})`);
}

// Quoted parts of a message of the server may be values.
function plain(message: string): string {
  return message.split('\n')[0]?.replace(/"[^"]*"/g, '…') ?? '';
}
