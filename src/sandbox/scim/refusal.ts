import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ScimSettings } from './settings.js';

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** Detail error keywords. Source: RFC 7644, section 3.12, and RFC 9865, section 2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'tooMany'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/** Ends a request with an error. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: ContentfulStatusCode,
    readonly scimType: ScimType | null,
    detail: string,
  ) {
    super(detail);
  }
}

/** 400 with its keyword. */
export function refuse(scimType: ScimType, detail: string): Refusal {
  return new Refusal(400, scimType, detail);
}

export function notFound(id: string): Refusal {
  return new Refusal(404, null, `Resource ${id} not found`);
}

/** The body of an error in the form that a portal gives it. */
export function errorBody(
  { status, scimType, message }: Pick<Refusal, 'scimType' | 'message'> & { readonly status: number },
  { errorForm }: Pick<ScimSettings, 'errorForm'>,
): object {
  switch (errorForm) {
    case 'rfc':
      return { schemas: [ERROR], status: String(status), ...(scimType && { scimType }), detail: message };
    case 'untyped':
      return { schemas: [ERROR], status: String(status), detail: message };
    case 'bare':
      return { schemas: [ERROR], detail: message };
    // As https://github.com/goauthentik/authentik/issues/16677 shows it: a number, and a list inside a text.
    case 'numeric':
      return { schemas: JSON.stringify([ERROR]), status, detail: message };
    case 'empty':
      return {};
  }
}
