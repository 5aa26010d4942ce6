/** The operators that compare an attribute with a value. Source: RFC 7644, section 3.4.2.2. */
export const OPERATORS = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;

export type Operator = (typeof OPERATORS)[number];

export type Literal = string | number | boolean | null;

/** One comparison; the path is as it was written. */
export interface Comparison {
  readonly kind: 'compare';
  readonly path: string;
  readonly operator: Operator;
  readonly value: Literal;
}

/** A filter as a tree. */
export type Filter =
  | Comparison
  | { readonly kind: 'present'; readonly path: string }
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly filter: Filter }
  /** `emails[type eq "work"]`: the paths inside are those of sub-attributes. */
  | { readonly kind: 'value_path'; readonly path: string; readonly filter: Filter };

/** The attributes that a filter names at its outermost level, and every operator in it, in small letters. */
export function usesOf(filter: Filter): { readonly paths: readonly string[]; readonly operators: readonly string[] } {
  switch (filter.kind) {
    case 'compare':
      return { paths: [filter.path.toLowerCase()], operators: [filter.operator] };
    case 'present':
      return { paths: [filter.path.toLowerCase()], operators: ['pr'] };
    case 'not': {
      const inner = usesOf(filter.filter);
      return { ...inner, operators: ['not', ...inner.operators] };
    }
    case 'value_path':
      return { paths: [filter.path.toLowerCase()], operators: ['[]', ...usesOf(filter.filter).operators] };
    case 'and':
    case 'or': {
      const [left, right] = [usesOf(filter.left), usesOf(filter.right)];
      return {
        paths: [...left.paths, ...right.paths],
        operators: [filter.kind, ...left.operators, ...right.operators],
      };
    }
  }
}
