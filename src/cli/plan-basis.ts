import type { Config } from '../config/config.js';
import type { Day } from '../core/day.js';
import { SavedPlanError } from '../errors-plan.js';
import type { ReportFile } from '../report/files.js';
import type { SavedPlan } from '../report/saved-plan/read.js';
import { type PlanOrigin, savedPlanFile, sealOf } from '../report/saved-plan/write.js';
import type { Store } from '../store/store.js';
import type { Approval } from '../sync/approval.js';
import type { RunOptions } from '../sync/context.js';
import { namedIn, revertedBy } from '../sync/run-kind.js';
import { movedParts, partsOf } from './config-parts.js';
import { type Connector, digest } from './connector.js';
import type { CommandWorld } from './process.js';

/** What a plan is made from besides the HR system: told apart later when it turns out stale. */
export type PlanBasis = Pick<PlanOrigin, 'connector' | 'basis'>;

/** Takes the fingerprints of what a plan rests on. */
export async function planBasis(config: Config, { identity }: Connector, store: Store): Promise<PlanBasis> {
  const [last] = await store.runs(1);
  const parts = partsOf(config);
  return {
    connector: identity,
    basis: {
      config: digest(JSON.stringify(parts)),
      mapping: digest(JSON.stringify(config.mapping)),
      last_run: last?.number ?? 0,
      parts,
    },
  };
}

/** The file that a plan is to be saved to, where it is; `key` is the state's, for its seal. */
export function savedPlanFiles(
  options: Pick<RunOptions, 'kind'> & { readonly savePlanTo?: string | undefined },
  basis: PlanBasis,
  { config, key }: { readonly config: string | undefined; readonly key: string | undefined },
): readonly ReportFile[] {
  const { savePlanTo, kind } = options;
  const reverts = revertedBy(kind);
  if (savePlanTo === undefined) return [];
  const origin: PlanOrigin = { ...basis, only: [...namedIn(kind)], ...(reverts !== undefined && { reverts }) };
  return [savedPlanFile(savePlanTo, origin, config, key)];
}

/**
 * The approval that a saved plan is; `key` is the state's.
 *
 * @throws SavedPlanError when it belongs to another connector, or bears no seal of this state
 */
export function approvalOf(
  plan: SavedPlan,
  { connector, basis }: PlanBasis,
  today: Day,
  { redact, key }: Pick<CommandWorld, 'redact'> & { readonly key: string | null },
): Approval {
  const { head } = plan;
  const [holds, expected] = [sayConnector(head.connector), sayConnector(connector)];
  if (holds !== expected) throw new SavedPlanError(plan.file, { kind: 'foreign', holds, expected });
  if (key === null || plan.seal !== sealOf(plan.digest, key)) throw new SavedPlanError(plan.file, { kind: 'unsealed' });
  const moved = [
    ...(head.day === today ? [] : [`the day: it was made for ${head.day}, and this is ${today}`]),
    ...movedParts(head.basis.parts ?? {}, basis.parts ?? {}),
    ...(head.basis.last_run === basis.last_run
      ? []
      : [`the state: it was made after run ${head.basis.last_run}, and run ${basis.last_run} has been since`]),
  ];
  return { file: plan.file, madeAt: head.made_at, moved, clean: redact, changes: () => plan.changes() };
}

function sayConnector({ name, source, target }: PlanBasis['connector']): string {
  return `${name} (${source} → ${target})`;
}
