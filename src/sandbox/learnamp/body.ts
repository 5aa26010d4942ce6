import type { Context } from 'hono';
import type * as z from 'zod';
import { type Misfit, misfitsOf } from '../misfit.js';
import { invalid, refuse } from './refusal.js';
import type { LearnAmpSettings } from './settings.js';

export type Body = Readonly<Record<string, unknown>>;

/**
 * Reads a body in either encoding. Form fields nest as Rack nests them: `a[]=1&a[]=2`, `b[][name]=x&b[][value]=y`.
 *
 * @throws Refusal 415 for another encoding, 400 for what is not as described; in the words of the framework that the
 *   vendor's error texts are those of
 */
export async function readBody(c: Context, schema: z.ZodType, settings: LearnAmpSettings): Promise<Body> {
  const body = await decoded(c);
  const misfits = misfitsOf(schema, body).filter(
    ({ kind }) => kind !== 'empty' && (kind !== 'unknown' || settings.undocumented === 'refuse'),
  );
  if (misfits.length > 0) throw invalid(Object.fromEntries(misfits.map(({ at, kind }) => [at, [WORDS[kind]]])));
  return body;
}

const WORDS: Readonly<Record<Misfit['kind'], string>> = {
  missing: 'is missing',
  unknown: 'is not a documented parameter',
  type: 'is invalid',
  empty: 'is empty',
  value: 'does not have a valid value',
};

/** A body before anything about it is judged. */
export async function decoded(c: Context): Promise<Body> {
  const type = c.req.header('Content-Type') ?? '';
  if (type === '') return {};
  if (/^application\/json\b/.test(type)) {
    const json: unknown = await c.req.json().catch(() => {
      throw refuse(400, 'Problem parsing JSON');
    });
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw refuse(400, 'The body is no object');
    return { ...json };
  }
  if (!/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/.test(type)) {
    throw refuse(415, `The provided content-type '${type}' is not supported.`);
  }
  return nestFields([...(await c.req.formData()).entries()]);
}

/** Folds flat form fields; a repeated key inside `name[][key]` begins the next object. */
export function nestFields(fields: Iterable<readonly [string, unknown]>): Body {
  const body: Record<string, unknown> = {};
  for (const [key, value] of fields) {
    const [, name = key, list, inner] = /^([^[]+)(\[\])?(?:\[([^\]]+)\])?$/.exec(key) ?? [];
    if (list === undefined) body[name] = value;
    else if (inner === undefined) body[name] = [...listIn(body, name), value];
    else body[name] = withInner(listIn(body, name), inner, value);
  }
  return body;
}

function listIn(body: Body, name: string): readonly unknown[] {
  const list = body[name];
  return Array.isArray(list) ? list : [];
}

function withInner(list: readonly unknown[], key: string, value: unknown): readonly unknown[] {
  const last = list.at(-1);
  if (typeof last !== 'object' || last === null || key in last) return [...list, { [key]: value }];
  return [...list.slice(0, -1), { ...last, [key]: value }];
}
