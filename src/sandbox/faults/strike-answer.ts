import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnswerFault } from './fault.js';

/** The connection that a request came over, and how its system words an error. */
export interface StruckRequest {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly errorBody: (status: number) => unknown;
  readonly revokeTokens: () => void;
  /** Does what was asked. */
  readonly handle: () => Promise<Response>;
}

/** Answers a request wrongly; null when the connection is gone and nothing can be sent. */
export async function strikeAnswer(fault: AnswerFault, request: StruckRequest): Promise<Response | null> {
  const { incoming, outgoing, errorBody, handle } = request;
  switch (fault.kind) {
    case 'status': {
      const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': String(fault.retryAfter) };
      return Response.json(fault.body ?? errorBody(fault.status), { status: fault.status, headers });
    }
    case 'error_after_commit':
      await handle();
      return Response.json(errorBody(fault.status), { status: fault.status });
    case 'revoke_tokens':
      request.revokeTokens();
      return handle();
    case 'html':
      return new Response('<!doctype html><title>Maintenance</title><h1>We will be right back</h1>', {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      });
    case 'empty_body':
      return new Response('', { headers: { 'Content-Type': 'application/json' } });
    case 'truncated_json':
      return truncate(await handle());
    case 'wrong_charset':
      return inLatin1(await handle());
    case 'reset_before_commit':
      incoming.socket.resetAndDestroy();
      return null;
    case 'reset_after_commit':
      await handle();
      incoming.socket.resetAndDestroy();
      return null;
    case 'timeout_before_commit':
      return (await stayedOpen(outgoing, fault.answerAfter)) ? handle() : null;
    case 'timeout_after_commit': {
      const response = await handle();
      return (await stayedOpen(outgoing, fault.answerAfter)) ? response : null;
    }
    case 'slow_drip':
      return drip(await handle(), fault.bytes, fault.every);
  }
}

async function inLatin1(response: Response): Promise<Response> {
  const { status, headers } = response;
  return new Response(Buffer.from(await response.text(), 'latin1'), { status, headers });
}

async function truncate(response: Response): Promise<Response> {
  const text = await response.text();
  return new Response(text.slice(0, Math.ceil(text.length / 2)), {
    status: response.status,
    headers: { 'Content-Type': 'application/json' },
  });
}

/** Waits for the given milliseconds (without them for ever), or until the other side hangs up. */
async function stayedOpen(outgoing: ServerResponse, milliseconds: number | undefined): Promise<boolean> {
  const hungUp = new AbortController();
  outgoing.once('close', () => hungUp.abort());
  if (milliseconds !== undefined) {
    return sleep(milliseconds, true, { signal: hungUp.signal }).catch(() => false);
  }
  await new Promise<void>((resolve) => hungUp.signal.addEventListener('abort', () => resolve()));
  return false;
}

async function drip(response: Response, bytes: number, every: number): Promise<Response> {
  const body = Buffer.from(await response.arrayBuffer());
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent >= body.length) return controller.close();
      if (sent > 0) await sleep(every);
      controller.enqueue(body.subarray(sent, sent + bytes));
      sent += bytes;
    },
  });
  return new Response(stream, { status: response.status, headers: response.headers });
}
