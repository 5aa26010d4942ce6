import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Ends a request with an error as 360Learning words it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: ContentfulStatusCode,
    readonly body: object,
  ) {
    super(JSON.stringify(body));
  }
}

/** What concerns one call: an object with a code. */
export function refuse(status: ContentfulStatusCode, code: string, message = `The request failed: ${code}`): Refusal {
  return new Refusal(status, { error: { code, message } });
}

/** What concerns authentication and rates: a bare text. */
export function refuseAccess(status: ContentfulStatusCode, error: string): Refusal {
  return new Refusal(status, { error });
}

/** The thing, or 404 with a code. */
export function found<Thing>(thing: Thing | null | undefined, code: string): Thing {
  if (thing === null || thing === undefined) throw refuse(404, code);
  return thing;
}
