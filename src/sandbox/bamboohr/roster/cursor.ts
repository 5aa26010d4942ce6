import * as z from 'zod';

/** The row that a page begins behind or ends before, and the list that it stands in. */
const boundarySchema = z.object({ id: z.int(), lastChanged: z.string().nullable(), list: z.string() });

/** Where a page begins or ends. */
export type Boundary = z.output<typeof boundarySchema>;

/** A cursor to a row; opaque to callers. */
export function cursorTo(boundary: Boundary): string {
  return Buffer.from(JSON.stringify(boundary)).toString('base64url');
}

/** What a cursor leads to; null when it is malformed. */
export function boundaryIn(cursor: string): Boundary | null {
  try {
    return boundarySchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}
