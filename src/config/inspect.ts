import * as z from 'zod';
import type { ConfigProblem } from '../errors.js';
import type { Places } from './places.js';
import { MISSING, sentenceFor } from './sentences.js';
import { nearest, type Path, type Trouble } from './trouble.js';

/** What to look at: a value of the file, and where in the file it stands. */
export interface Inspected {
  readonly value: unknown;
  readonly path: Path;
  readonly places: Places;
  /** Whether the text at this path came from a reference, and so could not be written as a number. */
  readonly isReference: (path: Path) => boolean;
  /** Keys that belong at `path` as well, although the schema does not know them. */
  readonly furtherKeys?: readonly string[];
}

/** What a schema makes of a value; without problems there is output. */
export type Inspection<Output> = { readonly output: Output } | { readonly problems: readonly ConfigProblem[] };

type Issue = z.core.$ZodIssue;

/** Holds a value against a schema and reports everything that does not fit, each with its place. */
export function inspect<Output>(schema: z.ZodType<Output>, inspected: Inspected): Inspection<Output> {
  const knownKeys = new Map<unknown, readonly string[]>();
  const error = (issue: z.core.$ZodRawIssue): string | undefined => {
    if (issue.code === 'unrecognized_keys' && issue.inst instanceof z.ZodObject) {
      knownKeys.set(issue.keys, Object.keys(issue.inst.shape));
    }
    return sentenceFor(issue);
  };
  const first = schema.safeParse(inspected.value, { error });
  if (first.success) return { output: first.data };
  const value = withTypedReferences(inspected, first.error.issues);
  const second = value === inspected.value ? first : schema.safeParse(value, { error });
  if (second.success) return { output: second.data };
  const problems = second.error.issues.flatMap(flatten).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue, knownKeys.get(issue.keys) ?? [], inspected);
    return problemOf(issue, inspected);
  });
  return { problems };
}

// Of a union's branches, the one that the value has the outer form of, and best the one that knows all of its keys; its own
// words where it has none.
function flatten(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const branches = issue.errors.map((issues) => issues.flatMap(flatten));
  const alike = branches.filter((issues) => issues.length > 0 && !issues.some(isOfAnotherForm));
  const branch = alike.find((issues) => !issues.some(isOfAnotherKey)) ?? alike[0];
  return branch?.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })) ?? [issue];
}

function isOfAnotherForm({ path, code }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union');
}

function isOfAnotherKey({ path, code }: Issue): boolean {
  return path.length === 0 && code === 'unrecognized_keys';
}

// References are texts; where the schema wants a number or a boolean and the text reads as one, it becomes one.
function withTypedReferences({ value, path, isReference }: Inspected, issues: readonly Issue[]): unknown {
  let result = value;
  for (const issue of issues.flatMap(flatten)) {
    if (issue.code !== 'invalid_type' || !isReference([...path, ...issue.path])) continue;
    const typed = typedValue(valueAt(value, issue.path), issue.expected);
    if (typed !== undefined) result = replaced(result, issue.path, typed);
  }
  return result;
}

function typedValue(text: unknown, expected: string): number | boolean | undefined {
  if (typeof text !== 'string') return undefined;
  if ((expected === 'number' || expected === 'int') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (expected === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return undefined;
}

function unknownKeys(
  issue: Issue & { readonly code: 'unrecognized_keys' },
  known: readonly string[],
  { path, places, furtherKeys = [] }: Inspected,
): ConfigProblem[] {
  const here = issue.path.length === 0 ? [...furtherKeys, ...known] : known;
  return issue.keys.map((written) => {
    // In { client_secret:abc } the key holds the secret as well: whatever follows the first odd character is cut off.
    const key = written.replace(/[^\p{L}\p{N}_. -].*$/su, '…');
    const suggestion = nearest(key, here);
    const message = suggestion === null ? `${issue.message}; known are ${here.join(', ')}` : issue.message;
    return places.locateKey([...path, ...issue.path, written], {
      path: [...path, ...issue.path, key],
      message,
      suggestion,
    });
  });
}

function problemOf(issue: Issue, inspected: Inspected): ConfigProblem[] {
  const path = [...inspected.path, ...issue.path];
  const value = valueAt(inspected.value, issue.path);
  // A text whose reference failed has no value: that is reported already.
  if (value === undefined && inspected.places.has(path)) return [];
  const trouble: Trouble = { path, message: issue.message, suggestion: suggestionFor(issue, value) };
  if (value !== undefined || issue.message.startsWith(MISSING)) return [inspected.places.locate(trouble)];
  return [inspected.places.locate({ ...trouble, message: `${MISSING}; it ${issue.message}` })];
}

function suggestionFor(issue: Issue, value: unknown): string | null {
  if (issue.code === 'invalid_value' && typeof value === 'string') return nearest(value, issue.values.map(String));
  const given: unknown = issue.code === 'custom' ? issue.params?.['suggestion'] : undefined;
  return typeof given === 'string' ? given : null;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((inner: unknown, step) => (isContainer(inner) ? Reflect.get(inner, step) : undefined), value);
}

function replaced(value: unknown, [step, ...rest]: Path, replacement: unknown): unknown {
  if (step === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaced(item, rest, replacement) : item));
  return isContainer(value) ? { ...value, [step]: replaced(Reflect.get(value, step), rest, replacement) } : value;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
