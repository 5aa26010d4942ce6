import { DRIFT_KINDS, type Drift } from '../core/drift.js';
import { listText } from './json-list.js';
import { jsonText } from './json-text.js';
import type { Redact } from './output.js';
import type { VerifyResult } from './reporter.js';

/** The document of `verify`, in pieces. */
export async function* driftDocument(result: VerifyResult, redact: Redact): AsyncGenerator<string> {
  const json = (value: unknown) => jsonText(value, redact);
  const { connector, startedAt, finishedAt, exitCode, target, accounts, compared, counts } = result;
  const differing = DRIFT_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  const head = {
    format: 1,
    connector,
    started_at: startedAt.toISOString(),
    finished_at: finishedAt.toISOString(),
    exit_code: exitCode,
    target: { type: target.type, accounts, compared },
    summary: { in_step: compared - differing, ...counts },
  };
  yield `${json(head).slice(0, -1)},\n"drift":`;
  yield* listText(result.drift(), (drift) => json(entryOf(drift)));
  yield `,\n"notices":${json(result.notices)}}\n`;
}

function entryOf({ kind, employee: { id, email, name }, account, state, fields }: Drift): object {
  const shown = Object.entries(fields).map(([field, { before, after }]) => [field, { before, now: after }]);
  const moved = state === null ? null : { before: state.before, now: state.after };
  return { kind, employee: { id, email, name }, account, state: moved, fields: Object.fromEntries(shown) };
}
