import * as z from 'zod';
import { HR_FIELDS } from '../core/employee.js';
import { nearest } from './trouble.js';

/** A constant of the mapping. */
export const scalarSchema = z.union([z.string(), z.number(), z.boolean()], {
  error: 'must be a text, a number, or true or false',
});

/** A text that may also be written as a number or a boolean, such as an employee id. */
export const textSchema = scalarSchema.transform(String).refine((text) => text.trim() !== '', {
  error: 'must not be empty',
});

/** One text or a list of them. */
export const textsSchema = z.union([textSchema.transform((text) => [text]), z.array(textSchema).min(1)], {
  error: 'must be a text or a list of texts',
});

/**
 * The name of an HR field. Names that hrsync does not know are taken for the HR system's own keys, unless they look like
 * a misspelt one.
 */
export const hrFieldSchema = z.string().superRefine((name, context) => {
  const problem = hrFieldProblem(name);
  if (problem !== null) context.addIssue({ code: 'custom', ...problem });
});

/** What is wrong with the name of an HR field, or null. */
export function hrFieldProblem(name: string): { message: string; params: { suggestion: string | null } } | null {
  if (name.trim() === '' || name !== name.trim()) {
    return { message: 'must be the name of an HR field', params: { suggestion: null } };
  }
  if (/^dynamic_\d+$/.test(name) || HR_FIELDS.some((field) => field === name)) return null;
  // Short names are near everything: `state` is no misspelt `status`.
  const suggestion = nearest(name, HR_FIELDS, Math.min(2, Math.floor(name.length / 4)));
  return suggestion === null ? null : { message: 'is not an HR field, but looks like one', params: { suggestion } };
}
