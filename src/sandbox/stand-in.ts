import type { Hono } from 'hono';
import type { StruckDataFault } from './faults/fault.js';

/** What a handler of a stand-in finds in `c.env`. */
export interface StandInEnvironment {
  Bindings: {
    /** Wrong data that this request must be answered with. */
    readonly dataFaults: readonly StruckDataFault[];
  };
}

/** A route by the name that faults and request logs call it. */
export interface NamedRoute {
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  /** Whether it changes nothing although it is no GET. */
  readonly isRead?: boolean;
}

/** One imitated system, ready to be put behind a server. */
export interface StandIn {
  readonly app: Hono<StandInEnvironment>;
  readonly routes: readonly NamedRoute[];
  /** An error as this system words it on a path. */
  readonly errorBody: (status: number, path: string) => unknown;
  /** Makes every token given out so far void. */
  readonly revokeTokens: () => void;
  /** Where one path serves every call: what a request asks for, by the name that takes the place of a route's. */
  readonly calls?: {
    readonly nameOf: (request: Request) => Promise<string | null>;
    /** Whether a call changes nothing, whatever its method. */
    readonly isRead: (name: string) => boolean;
  };
}

/** Name of the route that a request goes to, or null. */
export function routeOf(routes: readonly NamedRoute[], method: string, path: string): string | null {
  return routes.find((route) => route.method === method && route.path.test(path))?.name ?? null;
}
