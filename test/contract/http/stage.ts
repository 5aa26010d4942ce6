import { afterEach } from 'vitest';
import type { HttpClientOptions, HttpRequest } from '../../../src/http/client.js';
import { type Answering, type FarEnd, json, openClient, type Stage, startFarEnd } from './far-end.js';

const open: FarEnd[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((farEnd) => farEnd.stop()));
});

/** A far end for one test, with a client that speaks to it. */
export async function stage(
  answer: Answering,
  options: Partial<HttpClientOptions> = {},
): Promise<Stage & { readonly farEnd: FarEnd }> {
  const farEnd = await startFarEnd(answer);
  open.push(farEnd);
  return { farEnd, ...openClient(farEnd.url, options) };
}

export const ok: Answering = (response) => json(response, 200, { ok: true });

export const status =
  (code: number, headers: Record<string, string> = {}): Answering =>
  (response) =>
    json(response, code, { message: `status ${code}` }, headers);

export const GET: HttpRequest = { method: 'GET', path: '/users' };
export const POST: HttpRequest = { method: 'POST', path: '/users', json: { name: 'Ada' } };

/** What the work fails with. */
export function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no failure',
    (error: unknown) => error,
  );
}
