import type { Context } from 'hono';

export type Body = Readonly<Record<string, unknown>>;

/** Reads a body in either encoding. Form fields nest as Rack nests them: `a[]=1&a[]=2`, `b[][name]=x&b[][value]=y`. */
export async function readBody(c: Context): Promise<Body> {
  const type = c.req.header('Content-Type') ?? '';
  if (type.includes('json')) {
    const json: unknown = await c.req.json().catch(() => null);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
  }
  if (!type.includes('form')) return {};
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
