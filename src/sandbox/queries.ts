/** What a parameter takes: anything, a list of values, whole numbers, or days. */
export type Parameter = 'any' | 'integer' | 'day' | readonly string[];

/** The parameters of a call by name; what repeats with an index or a bracket stands here without it. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** What is wrong with a query, or null. */
export function queryProblem(allowed: Parameters, query: URLSearchParams): string | null {
  for (const [name, value] of query) {
    const parameter = allowed[name] ?? allowed[name.replace(/\[\d*\]$/, '')];
    if (parameter === undefined) return `${name} is not a documented parameter`;
    if (!takes(parameter, value)) return `${name} does not have a valid value`;
  }
  return null;
}

function takes(parameter: Parameter, value: string): boolean {
  if (parameter === 'any') return true;
  if (parameter === 'integer') return /^\d+$/.test(value);
  if (parameter === 'day') return /^\d{4}-\d\d-\d\d$/.test(value);
  return value.split(',').every((one) => parameter.includes(one));
}
