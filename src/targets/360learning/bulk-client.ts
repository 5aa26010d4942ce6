import * as z from 'zod';
import type { HttpRequest } from '../../http/client.js';
import type { Connection } from './connection.js';
import { operationSchema, resultSchema } from './schema.js';

/** Which person belongs where, in which role. */
export interface Membership {
  readonly userId: string;
  readonly groupId: string;
  readonly role: string;
}

/** The calls of https://360learning.readme.io/docs/bulk-operations-1 */
export interface BulkCalls {
  /** Starts a bulk operation and gives its id. */
  startMemberships(method: 'POST' | 'DELETE', input: readonly Membership[]): Promise<string>;
  operation(id: string): Promise<z.infer<typeof operationSchema>>;
  operationResults(id: string): Promise<readonly z.infer<typeof resultSchema>[]>;
}

export function bulkCalls({ send, read, pages, unreadable }: Connection): BulkCalls {
  const reading = { scope: 'bulkOperations:read', about: 'everybody' } as const;
  const path = (id: string) => `/api/v2/bulk/operations/${encodeURIComponent(id)}`;
  return {
    async startMemberships(method, input) {
      // Adding or removing a membership twice leaves what once leaves.
      const request: HttpRequest = {
        method,
        path: '/api/v2/bulk/groups/memberships',
        json: { input },
        repeatable: true,
      };
      const answer = await send(request, { scope: 'groups:bulk', about: 'everybody' });
      const id = /\/bulk\/operations\/([^/?#]+)/.exec(answer.headers['location'] ?? '')?.[1];
      if (id === undefined) throw unreadable(request, answer, 'no address of the bulk operation');
      return id;
    },
    operation: (id) => read(operationSchema, { method: 'GET', path: path(id) }, reading),
    async operationResults(id) {
      const results: z.infer<typeof resultSchema>[] = [];
      for await (const page of pages(z.array(resultSchema), { path: `${path(id)}/results` }, reading)) {
        results.push(...page);
      }
      return results;
    },
  };
}
