/** How long a lease lasts, and how long others wait after it has run out; both in ms. */
export interface LeaseTimes {
  readonly lasts: number;
  readonly grace: number;
}

/** A PostgreSQL database that keeps the states of many connectors. */
export interface DatabasePlace {
  readonly kind: 'database';
  /** With the password: for the connection alone, never for a message. */
  readonly url: string;
  /** The name under which the connector's rows stand. */
  readonly connector: string;
  readonly lease: LeaseTimes;
}

/** Where the state of a connector is kept. */
export type StatePlace = { readonly kind: 'file'; readonly file: string } | DatabasePlace;

/** Times of a lease where the config says nothing. */
export const LEASE_TIMES: LeaseTimes = { lasts: 30_000, grace: 45_000 };

/** Whether a text of the config names a PostgreSQL database rather than a file. */
export function isDatabaseAddress(text: string): boolean {
  return /^postgres(ql)?:/i.test(text);
}

/** A place as messages name it: a path, or the address of a database without user and password. */
export function shownPlace(place: StatePlace): string {
  return place.kind === 'file' ? place.file : shownDatabase(place.url);
}

/** The address of a database without user, password and settings; of one that is not written well, nothing. */
export function shownDatabase(url: string): string {
  const [, host = '', rest = ''] = /^[a-z]+:\/\/(?:[^@/?#]*@)*([^/?#]*)([^?#]*)/i.exec(url) ?? [];
  // What stands in the place of a host may be a part of a password with a character that should be encoded.
  const isSafe = !rest.includes('@') && /^(\[[\da-f:.]+\]|[\w.%-]*)(:\d+)?$/i.test(host);
  return isSafe ? `postgres://${host}${rest}` : 'postgres://…';
}
