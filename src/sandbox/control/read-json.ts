import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type * as z from 'zod';

/**
 * The body of a request, checked.
 *
 * @throws HTTPException 400 when it is not JSON
 * @throws z.ZodError when it is not what was expected
 */
export async function readJson<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.output<Schema>> {
  const body: unknown = await c.req.json().catch(() => {
    throw new HTTPException(400, { message: 'the body is not JSON' });
  });
  return schema.parse(body);
}
