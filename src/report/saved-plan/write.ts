import { createHash, createHmac } from 'node:crypto';
import { FURTHER_LIMITS, type LimitedKind } from '../../core/safety.js';
import type { ReportFile } from '../files.js';
import { changeOf } from '../json-parts.js';
import { jsonText } from '../json-text.js';
import type { RunResult } from '../reporter.js';
import { PLAN_FORMAT, type SavedPlanHead, VALID_DAYS } from './format.js';

const DAY = 86_400_000;

/** What a saved plan is made from besides the result of the dry run. */
export type PlanOrigin = Pick<SavedPlanHead, 'connector' | 'only' | 'basis' | 'reverts'>;

/**
 * The file that keeps a plan for review: a JSON document, one change a line, closed by a digest of all that stands
 * before it. `config` is the one that a flag named; `key` the state's, for the seal.
 */
export function savedPlanFile(path: string, origin: PlanOrigin, config?: string, key?: string): ReportFile {
  let savedPlan: NonNullable<RunResult['savedPlan']> | null = null;
  return {
    path,
    flag: '--out',
    async *render(result) {
      const expiresAt = new Date(result.startedAt.getTime() + VALID_DAYS * DAY).toISOString();
      const hash = createHash('sha256');
      for await (const piece of withoutDigest(result, origin, expiresAt)) {
        hash.update(piece);
        yield piece;
      }
      const digest = `sha256:${hash.digest('hex')}`;
      yield `"digest":"${digest}"${key === undefined ? '' : `,"seal":"${sealOf(digest, key)}"`}}\n`;
      savedPlan = { file: path, digest, expiresAt, config };
    },
    written: () => (savedPlan === null ? {} : { savedPlan }),
  };
}

async function* withoutDigest(result: RunResult, origin: PlanOrigin, expiresAt: string): AsyncGenerator<string> {
  const head: SavedPlanHead = {
    ...origin,
    made_at: result.startedAt.toISOString(),
    expires_at: expiresAt,
    day: result.today ?? result.startedAt.toISOString().slice(0, 10),
    counts: countsOf(result),
  };
  // The result holds no secrets any more.
  const json = (value: unknown) => jsonText(value, (text) => text);
  yield `${json({ format: PLAN_FORMAT, saved_plan: head }).slice(0, -1)},\n"changes":[`;
  let separator = '\n';
  for await (const change of result.changes()) {
    yield separator + json(changeOf(change));
    separator = ',\n';
  }
  yield '\n],\n';
}

function countsOf({ summary, safety }: RunResult): SavedPlanHead['counts'] {
  const { create, update, deactivate, reactivate, delete: deletions, adopt, invite } = summary;
  const most = (limit: LimitedKind) =>
    Math.max(0, ...safety.limits.flatMap(({ kind, planned }) => (kind === limit ? planned : [])));
  const further = Object.fromEntries(FURTHER_LIMITS.map((limit) => [limit, most(limit)]));
  return { create, update, deactivate, reactivate, delete: deletions, adopt, invite, ...further };
}

/**
 * The seal of a plan: a digest of its digest that nobody can make without the key in the state. Whoever changes a plan can
 * make a new digest for it, but no seal.
 */
export function sealOf(digest: string, key: string): string {
  return `hmac-sha256:${createHmac('sha256', key).update(digest).digest('hex')}`;
}
