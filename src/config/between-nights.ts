import * as z from 'zod';
import { duration } from '../core/duration.js';
import type { EventSender } from '../sources/events.js';
import type { SourceDefinition } from '../sources/source.js';
import { cronProblem } from './cron.js';

/** `sync`: what happens between nights. */
export const syncSchema = z
  .strictObject({
    full_every: z
      .string()
      .refine((text) => (duration(text) ?? 0) > 0, { error: 'must be a duration such as 24h, 90m or 2d' })
      .default('24h'),
  })
  .transform(({ full_every }) => ({ fullEvery: duration(full_every) ?? 0 }));

const cronSchema = z.string().superRefine((pattern, context) => {
  const message = cronProblem(pattern);
  if (message !== null) context.addIssue({ code: 'custom', message });
});
const never = z.literal('never').transform(() => null);

/** `schedule`: when `hrsync serve` runs what, in the connector's zone. */
export const scheduleSchema = z
  .strictObject({
    import_all: z.union([never, cronSchema]).default('0 2 * * *'),
    sync: z.union([never, cronSchema]).default('0 */3 * * *'),
  })
  .transform(({ import_all, sync }) => ({ importAll: import_all, sync }));

const serveShape = {
  host: z.string().min(1).default('127.0.0.1'),
  port: z.int().min(0).max(65_535).default(8_080),
  tls: z.strictObject({ cert_file: z.string().min(1), key_file: z.string().min(1) }).optional(),
};

/** The section `serve`, with absolute paths. */
export interface ServeConfig {
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert_file: string; readonly key_file: string } | undefined;
  /** The sources that have a block. */
  readonly senders: readonly EventSender[];
}

/** `serve`: where `hrsync serve` listens, and how it knows who calls: a block for each source that sends webhooks. */
export function serveSchema(sources: readonly SourceDefinition[]) {
  const sending = sources.flatMap(({ type, title, events }) => (events === undefined ? [] : { type, title, events }));
  const blocks = Object.fromEntries(sending.map(({ type, events }) => [type, events.settings.optional()]));
  return z.strictObject({ ...serveShape, ...blocks }).transform(({ host, port, tls, ...given }): ServeConfig => {
    const settingsOf = new Map<string, unknown>(Object.entries(given));
    const senders = sending.map((one) => ({ ...one, settings: settingsOf.get(one.type) }));
    return { host, port, tls, senders: senders.filter(({ settings }) => settings !== undefined) };
  });
}

/**
 * The sources that a `serve` section names, with all others where a key is none of them: what is wrong can then be told with
 * every key that there is. No adapter is loaded for a section that names none.
 */
export async function sourcesNamedIn(
  serve: unknown,
  registry: Readonly<Record<string, () => Promise<SourceDefinition>>>,
): Promise<readonly SourceDefinition[]> {
  if (typeof serve !== 'object' || serve === null) return [];
  const further = Object.keys(serve).filter((key) => !Object.hasOwn(serveShape, key));
  const areAllKnown = further.every((key) => Object.hasOwn(registry, key));
  const loaders = Object.entries(registry).filter(([type]) => !areAllKnown || further.includes(type));
  return Promise.all(loaders.map(([, load]) => load()));
}
