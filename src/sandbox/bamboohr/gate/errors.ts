import type { Context } from 'hono';
import type { BambooHRSettings } from '../settings.js';

type Form = 'header' | 'roster' | 'problem' | 'webhooks';

const CODES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  429: 'TooManyRequests',
};

/**
 * How errors look on a path. Most calls say it in a header over an empty or HTML body; the roster, the data sets and the
 * webhooks have bodies of their own.
 *
 * Sources: documentation.bamboohr.com/docs/api-details, documentation.bamboohr.com/reference/list-employees.
 */
function formOn(path: string): Form {
  if (/^\/api\/v1\/employees$/.test(path)) return 'roster';
  if (/^\/api\/v[12](_2)?\/datasets\//.test(path)) return 'problem';
  return path.startsWith('/api/v1/webhooks') ? 'webhooks' : 'header';
}

/** What an error is, beyond its status. */
export interface Refusal {
  readonly message: string;
  readonly code?: string;
  readonly body?: 'usual' | 'empty' | 'html';
  readonly headers?: Readonly<Record<string, string>>;
  /** Further keys of the error object of the webhooks. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Refuses a request in the form that errors have on its path. */
export function refuse(c: Context, settings: BambooHRSettings, status: number, refusal: Refusal): Response {
  const { message, body = 'usual', headers = {} } = refusal;
  const form = formOn(c.req.path);
  const told = settings.repeatsErrorMessages ? `${message}, ${message}` : message;
  const shape = body === 'usual' ? (form === 'header' ? settings.errorBodies : 'json') : body;
  const all = { ...headers, ...(form === 'header' && { 'X-BambooHR-Error-Message': inHeader(told) }) };
  if (shape === 'empty') return new Response(null, { status, headers: all });
  if (shape === 'html') return html(status, all);
  const type = form === 'problem' ? 'application/problem+json' : 'application/json';
  return Response.json(errorBody(status, c.req.path, refusal), { status, headers: { ...all, 'Content-Type': type } });
}

/** The body of an error on a path, where it is JSON. */
export function errorBody(
  status: number,
  path: string,
  { message, code, details = {} }: Refusal = { message: 'Something went wrong' },
): unknown {
  switch (formOn(path)) {
    case 'problem':
      return { type: 'about:blank', title: message, status, detail: message, ...(code !== undefined && { code }) };
    case 'webhooks':
      return { errors: [{ error: message, ...details }] };
    case 'roster':
    case 'header':
      return { error: { code: code ?? CODES[status] ?? 'Error', message } };
  }
}

/** A header takes no line breaks, and no letters beyond ASCII. */
function inHeader(text: string): string {
  return text.replace(/[^ -~]/g, '?');
}

function html(status: number, headers: Readonly<Record<string, string>>): Response {
  return new Response(`<!doctype html><title>${status}</title><h1>Something went wrong</h1>`, {
    status,
    headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' },
  });
}
