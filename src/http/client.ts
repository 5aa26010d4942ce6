import type { Scrubber } from '../scrub.js';
import type { StatusError } from './errors.js';
import type { AdapterWorld } from './world.js';

/** A query: a list value repeats its key. Undefined entries are left out. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One field of a form, where the order of fields with one name matters. */
export type FormPair = readonly [name: string, value: string];

/** One request of an adapter. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path below the base URL, or an absolute URL of the same origin (a `next` link); another origin is refused. */
  readonly path: string;
  readonly query?: Query;
  /** A query that is sent as it is written, for APIs that want characters such as brackets unencoded. */
  readonly writtenQuery?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The body as JSON, or as an HTML form whose list values repeat their key. */
  readonly json?: unknown;
  readonly form?: Query | readonly FormPair[];
  /**
   * Whether sending it twice does no harm beyond sending it once. GET always is. Others are repeated only when this is
   * true, or when the far end certainly did not carry them out (connection refused, 429).
   */
  readonly repeatable?: boolean;
  /** Whether the `authorize` headers go with it; true unless said otherwise. */
  readonly authorized?: boolean;
  /** Statuses besides 2xx that are an answer and no error, such as 404 for a look-up. */
  readonly accept?: readonly number[];
}

/** An answer. `body` is the parsed JSON, or null where there was none. Header names are in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Where a client gets its `Authorization` from. */
export interface Authorization {
  /** Headers for the next request; fetches and keeps a token where one is needed. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /**
   * Forgets the credentials that a request was refused with (its `Authorization` header; any, when not given), so that
   * `headers` fetches new ones. False when there is nothing to renew.
   */
  renew(used?: string): boolean;
}

/** What of an answer tells how fast its API may be asked. `path` is that of the request, without its query. */
export interface RatedAnswer {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How one API is to be spoken to. */
export interface HttpClientOptions {
  /** How reports call the system. */
  readonly system: string;
  readonly baseUrl: string;
  readonly requestsPerSecond: number;
  readonly concurrency: number;
  /** The rate to go on at after an answer that tells what its API allows, in requests per second; null says nothing. */
  readonly rateAfter?: (answer: RatedAnswer) => number | null;
  readonly timeoutSeconds: number;
  /** A proxy's address, or empty for none, or undefined for what the environment says. */
  readonly proxy: string | undefined;
  /** A file with further certificates to trust (PEM), or undefined. */
  readonly caFile: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly authorization?: Authorization;
  /** Largest body that is read, in bytes (default 50 MiB). */
  readonly maximumBytes?: number;
  /** How often a repeatable request is tried in all (default 5). */
  readonly attempts?: number;
  /** Which statuses are worth another try (default 429, 500, 502, 503, 504), for an API that says so itself. */
  readonly mayPass?: (error: StatusError) => boolean;
  /** The secrets that were sent, where several clients share their credentials; a client makes its own otherwise. */
  readonly secrets?: Scrubber;
  readonly world: AdapterWorld;
}

/**
 * Speaks to one API: paces, authorises, retries what is safe to repeat, obeys Retry-After and rate headers, and turns
 * every failure into an error of `http/errors`. A 401 renews the token once and repeats once; a second 401 is a
 * `StatusError` 401 for the adapter to read.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** How many requests have been sent so far, retries and token requests included. */
  readonly sent: number;
  /**
   * The far end's clock minus ours in ms, by the `Date` header of the latest successful answer; null before any answer
   * with a valid one.
   */
  clockSkew(): number | null;
}
