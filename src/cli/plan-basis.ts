import type { Config } from '../config/config.js';
import type { Day } from '../core/day.js';
import { SavedPlanError } from '../errors-plan.js';
import { type PlanOrigin, type ReportFile, type SavedPlan, savedPlanFile } from '../report/index.js';
import type { Store } from '../store/store.js';
import type { Approval } from '../sync/approved.js';
import type { RunOptions } from '../sync/context.js';
import { type Connector, digest } from './connector.js';
import type { CommandWorld } from './process.js';

/** What a plan is made from besides the HR system: told apart later when it turns out stale. */
export type PlanBasis = Pick<PlanOrigin, 'connector' | 'basis'>;

/** Takes the fingerprints of what a plan rests on. */
export async function planBasis(config: Config, { identity }: Connector, store: Store): Promise<PlanBasis> {
  const { scope, match, invitations, deactivation, read, safety, timezone, mapping } = config;
  const [last] = await store.runs(1);
  return {
    connector: identity,
    basis: {
      config: digest(JSON.stringify({ scope, match, invitations, deactivation, read, safety, timezone })),
      mapping: digest(JSON.stringify(mapping)),
      last_run: last?.number ?? 0,
    },
  };
}

/** The file that a plan is to be saved to, where it is. */
export function savedPlanFiles(
  options: Pick<RunOptions, 'only' | 'revert'> & { readonly savePlanTo?: string | undefined },
  basis: PlanBasis,
  config: string | undefined,
): readonly ReportFile[] {
  const { savePlanTo, only, revert: reverts } = options;
  if (savePlanTo === undefined) return [];
  return [savedPlanFile(savePlanTo, { ...basis, only: [...only], ...(reverts !== undefined && { reverts }) }, config)];
}

/**
 * The approval that a saved plan is.
 *
 * @throws SavedPlanError when it belongs to another connector
 */
export function approvalOf(
  plan: SavedPlan,
  { connector, basis }: PlanBasis,
  today: Day,
  { redact }: Pick<CommandWorld, 'redact'>,
): Approval {
  const { head } = plan;
  const [holds, expected] = [sayConnector(head.connector), sayConnector(connector)];
  if (holds !== expected) throw new SavedPlanError(plan.file, { kind: 'foreign', holds, expected });
  const moved = [
    head.day !== today && `the day: it was made for ${head.day}, and this is ${today}`,
    head.basis.config !== basis.config && 'the config: what it says of whom, when or how many has changed',
    head.basis.mapping !== basis.mapping && 'the mapping has changed',
    head.basis.last_run !== basis.last_run &&
      `the state: it was made after run ${head.basis.last_run}, and run ${basis.last_run} has been since`,
  ].filter((sentence) => sentence !== false);
  return { file: plan.file, madeAt: head.made_at, moved, clean: redact, changes: () => plan.changes() };
}

function sayConnector({ name, source, target }: PlanBasis['connector']): string {
  return `${name} (${source} → ${target})`;
}
