import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { StandInEnvironment } from '../stand-in.js';
import type { Directory } from './directory.js';
import type { Cursors } from './list/cursors.js';
import { Refusal, refuse } from './refusal.js';
import { isRecord, type Values } from './resource.js';
import type { ScimSettings } from './settings.js';

/** The path that every call but the one for a token begins with. */
export const BASE = '/scim/v2';

/** What the routes share. */
export interface ScimParts {
  readonly directory: Directory;
  /** Read at every request: a change takes effect at once. */
  readonly settings: ScimSettings;
  /** Ends of the tokens given out, in milliseconds since 1970, by their text. */
  readonly tokens: Map<string, number>;
  readonly cursors: Cursors;
  readonly now: () => Date;
}

export type ScimContext = Context<StandInEnvironment>;

const SCIM = 'application/scim+json';
const JSON_TYPE = 'application/json';

/** Answers with JSON in the media type of the portal. */
export function answer(
  c: ScimContext,
  body: object,
  { mediaType }: Pick<ScimSettings, 'mediaType'>,
  status: ContentfulStatusCode = 200,
): Response {
  const type = mediaType === 'json_only' || mediaType === 'json_answers' ? JSON_TYPE : SCIM;
  return c.body(JSON.stringify(body), status, { 'Content-Type': type });
}

/**
 * The object that a request holds.
 *
 * @throws Refusal 415 for a media type that the portal does not take, 400 `invalidSyntax` for what is no JSON object
 */
export async function readBody(c: ScimContext, { mediaType }: Pick<ScimSettings, 'mediaType'>): Promise<Values> {
  const [type = ''] = (c.req.header('Content-Type') ?? '').split(';');
  const taken = mediaType === 'scim_only' ? [SCIM] : mediaType === 'json_only' ? [JSON_TYPE] : [SCIM, JSON_TYPE];
  if (!taken.includes(type.trim().toLowerCase())) {
    throw new Refusal(415, null, `The body must be ${taken.join(' or ')}`);
  }
  const body: unknown = await c.req.json().catch(() => {
    throw refuse('invalidSyntax', 'The body is not JSON');
  });
  if (!isRecord(body)) throw refuse('invalidSyntax', 'The body must be an object');
  return body;
}

/** @throws Refusal 406 where the caller takes none of the media types that the portal answers with */
export function requireAcceptable(accept: string | undefined): void {
  if (accept === undefined || accept.trim() === '') return;
  const ranges = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase());
  const isFitting = ranges.some((range) => ['*/*', 'application/*', SCIM, JSON_TYPE].includes(range ?? ''));
  if (!isFitting) throw new Refusal(406, null, `The answer would be ${SCIM}`);
}
