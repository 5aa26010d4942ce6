import type { NotifyPolicy } from '../../config/notify.js';
import { changesIn } from '../../core/plan.js';
import { cameToItsEnd, EXIT } from '../../exit.js';
import { createHttpClient } from '../../http/axios-client.js';
import type { HttpRequest } from '../../http/client.js';
import { AnswerError, StatusError } from '../../http/errors.js';
import type { AdapterWorld } from '../../http/world.js';
import type { Outcome } from './outcome.js';

/** Tells the webhook and the heartbeat of a run; gives a sentence for each that could not be told. */
export async function notify(policy: NotifyPolicy, outcome: Outcome, world: AdapterWorld): Promise<readonly string[]> {
  const calls: Promise<string | null>[] = [];
  if (policy.webhook !== null && isWorthTelling(policy.on, outcome)) {
    calls.push(call('the webhook', policy.webhook, { method: 'POST', json: bodyOf(outcome), repeatable: true }, world));
  }
  // A run about some people must not hide that nights are refused or missing.
  if (policy.heartbeat !== null && outcome.whole && cameToItsEnd(outcome.exitCode)) {
    calls.push(call('the heartbeat', policy.heartbeat, { method: 'GET' }, world));
  }
  return (await Promise.all(calls)).filter((sentence) => sentence !== null);
}

/** Whether the config asks for a message about this run. */
export function isWorthTelling(on: NotifyPolicy['on'], outcome: Outcome): boolean {
  return (
    on === 'always' || outcome.exitCode !== EXIT.done || (on === 'changes' && changesIn(outcome.summary ?? {}) > 0)
  );
}

async function call(
  system: string,
  address: string,
  request: Omit<HttpRequest, 'path'>,
  world: AdapterWorld,
): Promise<string | null> {
  const http = createHttpClient({
    system,
    baseUrl: new URL(address).origin,
    requestsPerSecond: 10,
    concurrency: 1,
    timeoutSeconds: 10,
    proxy: undefined,
    caFile: undefined,
    // The client would repeat a success in words that are no JSON, and "ok" is how chat systems answer.
    attempts: 1,
    world,
  });
  const send = () => http.request({ ...request, path: address });
  try {
    await send().catch((error: unknown) => {
      if (error instanceof AnswerError || (error instanceof StatusError && error.status < 500)) throw error;
      return send();
    });
    return null;
  } catch (error) {
    // Any body of a success is fine: chat systems answer "ok", which is not JSON.
    if (error instanceof AnswerError) return null;
    // The address may be a secret, so the errors' own words, which hold it, are not used.
    const why = error instanceof StatusError ? `answered ${error.status}` : `could not be reached (${nameOf(error)})`;
    return `${system} of notify ${why}; the run itself is not affected`;
  }
}

/** Counts without names. `text` is what chat systems show. */
function bodyOf(outcome: Outcome): object {
  const { connector, command, run, startedAt, finishedAt, exitCode, employees, inScope, summary, alarm, error } =
    outcome;
  const overdue = outcome.endingsOverdue;
  const counts = Object.entries(summary ?? {}).filter(([, count]) => count > 0);
  const facts = [
    ...(overdue === null || overdue === 0 ? [] : [`${overdue} endings overdue`]),
    ...(alarm === null ? [] : [alarm]),
    ...counts.map(([kind, count]) => `${kind} ${count}`),
    ...(error === null ? [] : [error]),
  ];
  return {
    format: 1,
    text: `hrsync ${connector}: ${command} ended with exit code ${exitCode}: ${facts.join(', ') || 'nothing to do'}`,
    connector,
    command,
    run,
    started_at: startedAt.toISOString(),
    finished_at: finishedAt.toISOString(),
    exit_code: exitCode,
    employees,
    in_scope: inScope,
    summary,
    endings_overdue: overdue,
    alarm,
    error,
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
