import type * as z from 'zod';
import { FaultBook } from './faults/fault-book.js';
import { type Intercept, type RunningServer, serveStandIn } from './listen.js';
import { RequestLog } from './request-log.js';
import type { StandIn } from './stand-in.js';

/** Settings of a stand-in that can be changed while it runs. */
export interface SettingsHandle<Settings> {
  /** The very object that the stand-in reads. */
  readonly values: Settings;
  /**
   * Changes some settings, or none.
   *
   * @throws z.ZodError when the outcome would not be valid
   */
  change(patch: object): Settings;
}

/** Fills in what is not given, and keeps the outcome changeable. */
export function createSettings<Schema extends z.ZodType<object>>(
  schema: Schema,
  given: z.input<Schema>,
): SettingsHandle<z.output<Schema>> {
  const values = schema.parse(given);
  return { values, change: (patch) => Object.assign(values, schema.parse({ ...values, ...patch })) };
}

/** A stand-in behind its server. */
export interface RunningSystem<Settings = object> extends RunningServer {
  readonly name: string;
  readonly settings: SettingsHandle<Settings>;
  readonly faults: FaultBook;
  readonly requests: RequestLog;
  /** Makes every token given out so far void. */
  revokeTokens(): void;
}

/** Starts a server for a stand-in. */
export async function runSystem<Settings>(
  name: string,
  standIn: StandIn,
  settings: SettingsHandle<Settings>,
  world: { readonly now: () => Date; readonly port: number; readonly intercept?: Intercept | undefined },
): Promise<RunningSystem<Settings>> {
  const faults = new FaultBook();
  const reads = new Set(['token', ...standIn.routes.flatMap((route) => (route.isRead ? route.name : []))]);
  const requests = new RequestLog(standIn.calls?.isRead ?? ((route) => reads.has(route)));
  const listening = await serveStandIn(standIn, { faults, requests, ...world });
  return { ...listening, name, settings, faults, requests, revokeTokens: standIn.revokeTokens };
}
