import * as z from 'zod';
import type { MoodleSettings } from '../settings.js';
import { isClean, type ParameterType } from './parameter-types.js';
import type { PhpArray } from './php-form.js';
import { invalidParameter } from './refusal.js';

/** A list. A form cannot send an empty one. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.preprocess((sent) => (sent instanceof Map ? [...sent.values()] : sent), z.array(item));
}

/** A structure; unknown keys are refused. */
export function single<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess((sent) => (sent instanceof Map ? Object.fromEntries(sent) : sent), z.strictObject(shape));
}

/** Simple values. Some types depend on the site, so the settings are read at each call. */
export function leaves(settings: MoodleSettings) {
  const text = (type: Exclude<ParameterType, 'int' | 'bool'>) => z.string().refine(...clean(type, settings));
  return {
    text,
    int: z
      .string()
      .refine(...clean('int', settings))
      .transform(Number),
    bool: z
      .string()
      .refine(...clean('bool', settings))
      .transform((value) => value === '1'),
  };
}

export type Leaves = ReturnType<typeof leaves>;

/** @throws MoodleException `invalidparameter` when a parameter is missing, unknown or of a wrong type */
export function parseParameters<Schema extends z.ZodType>(schema: Schema, sent: PhpArray): z.output<Schema> {
  const { success, data, error } = schema.safeParse(sent);
  if (success) return data;
  const [issue] = error.issues;
  throw invalidParameter([...(issue?.path ?? []).map(String), issue?.message ?? ''].join(' => '));
}

function clean(type: ParameterType, settings: MoodleSettings) {
  const expected = `Invalid external api parameter: the server was expecting "${type}" type`;
  return [(value: string) => isClean(type, value, settings), { error: expected }] as const;
}
