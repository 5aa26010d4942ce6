import { isDay } from '../core/day.js';
import type { LimitedKind } from '../core/safety.js';
import { UsageError } from '../errors.js';
import { importOf } from '../sync/run-kind.js';
import type { SessionOptions } from './session.js';

/** The flags of everything that plans a whole import. */
export interface DryRunFlags {
  readonly only: readonly string[];
  readonly asOf?: string | undefined;
  readonly detailedExitcode?: true | undefined;
  readonly allow: Readonly<Partial<Record<LimitedKind, number>>>;
  readonly html?: string | undefined;
  readonly csv?: string | undefined;
}

/** What these flags ask of a session. */
export function dryRunOptions(flags: DryRunFlags): Omit<SessionOptions, 'command' | 'dryRun'> {
  if (flags.asOf !== undefined && !isDay(flags.asOf))
    throw new UsageError(`--as-of takes a day such as 2026-12-01, not ${flags.asOf}`);
  return {
    kind: importOf(flags.only),
    allow: flags.allow,
    asOf: flags.asOf,
    detailedExitCode: flags.detailedExitcode ?? false,
  };
}
