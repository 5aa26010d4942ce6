import * as z from 'zod';

// v1, and what v2 has been seen to answer where a right is missing.
const plainSchema = z.object({ error: z.object({ message: z.string() }) });
// The token endpoint of v2 speaks OAuth: https://developer.personio.de/v2.0/reference/authentication
const oauthSchema = z.object({
  error: z.string().min(1),
  error_description: z.string().nullish().catch(null),
  trace_id: z.string().nullish().catch(null),
});
// All else in v2 is application/problem+json.
const problemSchema = z.object({
  personio_trace_id: z.string().nullish().catch(null),
  errors: z
    .array(z.object({ title: z.string().nullish().catch(null), detail: z.string().nullish().catch(null) }))
    .min(1),
});

/** So many of the errors in one body are told. */
const MOST_TOLD = 3;

/**
 * What Personio says in an error's body (its first 200 characters), or null where the body has none of its four shapes.
 * The number of the trace comes with it, by which Personio's support finds the request.
 */
export function messageIn(body: unknown): string | null {
  const plain = plainSchema.safeParse(body);
  if (plain.success) return plain.data.error.message.slice(0, 200);
  const oauth = oauthSchema.safeParse(body);
  if (oauth.success) {
    const { error, error_description, trace_id } = oauth.data;
    return sentence([error, error_description], trace_id);
  }
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return null;
  const all = problem.data.errors.slice(0, MOST_TOLD).map(({ title, detail }) => joined([title, detail]));
  return sentence([all.filter((one) => one !== '').join('; ')], problem.data.personio_trace_id);
}

const absenceSchema = z.object({
  errors: z
    .array(
      z.object({
        type: z.string().nullish().catch(null),
        _meta: z.object({ path: z.unknown() }).nullish().catch(null),
      }),
    )
    .min(1),
});

/**
 * Whether the body of a 404 of v2 says that nobody has an id. One that says that the route is not there, as of routes that
 * are closed, and one that is not Personio's say nothing of anybody.
 */
export function saysNobodyHasIt(body: unknown): boolean {
  const read = absenceSchema.safeParse(body);
  return (
    read.success && read.data.errors.every(({ type, _meta }) => !type?.endsWith('apinot_found') && _meta?.path == null)
  );
}

function joined(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(': ');
}

function sentence(parts: readonly (string | null | undefined)[], trace: string | null | undefined): string | null {
  const words = joined(parts);
  if (words === '') return null;
  return words.slice(0, 200) + (trace ? ` (trace ${trace.slice(0, 40)})` : '');
}
