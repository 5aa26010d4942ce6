/** Body of an error of the v2 API, `application/problem+json`. */
interface Problem {
  readonly personio_trace_id: string;
  readonly timestamp: string;
  readonly errors: readonly { readonly title: string; readonly detail: string; readonly type: string | null }[];
}

const words: Readonly<Record<number, readonly [title: string, detail: string, type: string | null]>> = {
  400: ['Bad request', 'Provided request parameters are invalid.', null],
  401: ['Unauthorized', 'The access token is missing, invalid or expired.', 'commonunauthorized'],
  403: ['Insufficient access scope', 'Client scope insufficient to access resource', 'commonforbidden'],
  404: ['Resource not found', 'There is no resource for the specified id.', 'commonnot_found'],
  429: ['Too many requests', 'The rate limit was exceeded.', null],
  431: ['Request Header Fields Too Large', 'request header fields too large', null],
  502: ['Bad Gateway', 'Bad Gateway', null],
};

/** An error as the v2 API words it. https://developer.personio.de/reference/errors */
export function problem(status: number, detail?: string): Problem {
  const [title, usual, type] = words[status] ?? ['Internal server error', 'Something went wrong', null];
  return {
    personio_trace_id: '4711000000000000815',
    timestamp: '2026-11-24T02:00:00Z',
    errors: [{ title, detail: detail ?? usual, type: type === null ? null : `https://developer.personio.de#${type}` }],
  };
}

/** What a path that the API does not know is answered with, and one that is closed to the caller. */
export function noSuchEndpoint(path: string): object {
  const [error] = problem(404, `The endpoint with ${path} was not found.`).errors;
  return {
    ...problem(404),
    errors: [{ ...error, type: 'https://developer.personio.de#apinot_found', _meta: { path } }],
  };
}

/** How the token endpoint refuses: in OAuth's form. */
export function oauthProblem(error: string, description: string): object {
  return { error, error_description: description, timestamp: '2026-11-24T02:00:00Z', trace_id: '4711', meta: {} };
}

/** An answer of the v2 API's error type. */
export function problemResponse(status: number, body: object = problem(status)): Response {
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
