import type * as z from 'zod';

/** One way in which a body, or a value of a query, differs from the vendor's description of the call. */
export interface Misfit {
  /** Keys from the outside in, joined by dots; empty for the whole. */
  readonly at: string;
  /** `type` is a wrong type or form; `value` one that is none of those allowed. */
  readonly kind: 'missing' | 'unknown' | 'type' | 'empty' | 'value';
  readonly message: string;
}

const TYPE_ISSUES: ReadonlySet<string> = new Set(['invalid_type', 'invalid_union', 'invalid_format']);

/** Everything that is wrong with a value, in the order of the schema; unknown keys come last. */
export function misfitsOf(schema: z.ZodType, value: unknown): readonly Misfit[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap((issue) => {
    const at = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => misfit('unknown', [...at, key], 'is not a documented key'));
    }
    const given = valueAt(value, at);
    if (given === undefined) return [misfit('missing', at, 'is required')];
    if (given === '') return [misfit('empty', at, 'must not be empty')];
    return [misfit(TYPE_ISSUES.has(issue.code) ? 'type' : 'value', at, issue.message)];
  });
}

function misfit(kind: Misfit['kind'], at: readonly string[], message: string): Misfit {
  return { at: at.join('.'), kind, message };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (held, key) => (typeof held === 'object' && held !== null ? Reflect.get(held, key) : undefined),
    value,
  );
}
