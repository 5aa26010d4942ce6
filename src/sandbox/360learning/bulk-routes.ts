import { Hono } from 'hono';
import type * as z from 'zod';
import { requireScope } from './access.js';
import { BODIES } from './bodies.js';
import { joinGroup, leaveGroup } from './group-routes.js';
import { answerPage, type Parts, type PlatformEnvironment, readBody } from './parts.js';
import { found, Refusal, refuse } from './refusal.js';

const MOST_ITEMS = 20_000;

type Item = z.output<typeof BODIES.memberships>['input'][number];

interface Operation {
  readonly id: string;
  readonly type: string;
  readonly createdAt: string;
  readonly results: readonly object[];
  looks: number;
  readonly error: string | null;
}

/** `/bulk`: memberships, and what becomes of them. */
export function bulkRoutes(parts: Parts): Hono<PlatformEnvironment> {
  const { platform, settings, now } = parts;
  const app = new Hono<PlatformEnvironment>();
  const operations = new Map<string, Operation>();
  const isDone = ({ looks }: Operation): boolean => looks > settings.bulkLooksUntilDone;

  const start = (method: 'POST' | 'DELETE') =>
    app.on(method, '/groups/memberships', requireScope(parts, 'groups:bulk'), async (c) => {
      if (!settings.bulkEnabled) throw refuse(503, 'bulkAPIDisabled');
      const { input } = await readBody(c, BODIES.memberships);
      if (input.length > MOST_ITEMS) throw refuse(400, 'inputTooLong');
      const running = [...operations.values()].filter((one) => !isDone(one));
      const slots = settings.bulkConcurrency - settings.bulkHeldByOthers;
      if (running.length >= slots) throw refuse(429, 'bulkOperationsConcurrencyLimitReached');
      const operation: Operation = {
        id: platform.newId(),
        type: method === 'POST' ? 'addUsersToGroups' : 'removeUsersFromGroups',
        createdAt: now().toISOString(),
        results: settings.bulkError === null ? input.map((item) => carryOut(method, item, parts)) : [],
        looks: 0,
        error: settings.bulkError,
      };
      operations.set(operation.id, operation);
      c.header('Location', `${new URL(c.req.url).origin}/api/v2/bulk/operations/${operation.id}`);
      return c.body(null, 202);
    });
  start('POST');
  start('DELETE');

  const view = (operation: Operation) => operationView(operation, isDone(operation));
  const read = requireScope(parts, 'bulkOperations:read');
  app.get('/operations', read, (c) => answerPage(c, [...operations.values()].map(view), 'operations', settings));
  app.get('/operations/:id', read, (c) => {
    const operation = found(operations.get(c.req.param('id')), 'bulkOperationNotFound');
    operation.looks += 1;
    return c.json(view(operation));
  });
  app.get('/operations/:id/results', read, (c) => {
    const operation = found(operations.get(c.req.param('id')), 'bulkOperationNotFound');
    if (!isDone(operation)) throw refuse(400, 'bulkOperationNotRun');
    return c.json(operation.results);
  });
  return app;
}

/**
 * An operation as it shows itself: each state adds the instants that it has passed, and how far it has come.
 * https://360learning.readme.io/docs/bulk-operations-1
 */
function operationView({ id, type, createdAt, looks, error, results }: Operation, isDone: boolean): object {
  const pending = { _id: id, type, createdAt, status: 'pending' };
  if (!isDone && looks < 2) return pending;
  // Everything happens in the instant of the request, so all instants are that one.
  const queued = { ...pending, status: 'queued', queuedAt: createdAt };
  if (!isDone && looks < 3) return queued;
  const progress = { index: isDone ? results.length : 0, updatedAt: createdAt };
  const running = { ...queued, status: 'running', startedAt: createdAt, progress };
  if (!isDone) return running;
  const ended = { ...running, status: 'completed', endedAt: createdAt };
  return error === null ? ended : { ...ended, status: 'error', errorMessage: error };
}

/** One item: an operation completes also when some of its items fail. */
function carryOut(method: 'POST' | 'DELETE', item: Item, parts: Parts): object {
  const { userId, groupId, role } = item;
  try {
    const change = method === 'POST' ? joinGroup : leaveGroup;
    change(parts, groupId, role, userId);
    return { input: item, status: 'success', resourceId: userId };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { input: item, status: 'error', errorMessage: error.message };
  }
}
