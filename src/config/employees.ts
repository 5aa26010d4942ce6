import * as z from 'zod';
import { ID_KEY } from '../core/employee-key.js';
import type { Alternatives, Condition, ScopePolicy } from '../core/scope.js';
import { normaliseText } from '../core/text.js';
import { readPattern } from '../pattern.js';
import { hrFieldSchema, textsSchema } from './text.js';

const TESTS = ['in', 'not_in', 'matching', 'not_matching', 'empty'] as const;

const patternSchema = z
  .string()
  .min(1)
  .transform((source, context) =>
    readPattern(source, (message) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  );

const listSchema = textsSchema.transform((texts) => texts.map(normaliseText));

const conditionSchema = z
  .strictObject({
    field: hrFieldSchema,
    in: listSchema.optional(),
    not_in: listSchema.optional(),
    matching: patternSchema.optional(),
    not_matching: patternSchema.optional(),
    empty: z.boolean().optional(),
  })
  .superRefine((written, context) => {
    if (context.issues.length > 0 || TESTS.some((test) => written[test] !== undefined)) return;
    context.addIssue({ code: 'custom', message: `tests nothing; it needs one of ${TESTS.join(', ')}` });
  })
  .transform(
    (written): Condition => ({
      field: written.field,
      ...(written.in && { in: written.in }),
      ...(written.not_in && { notIn: written.not_in }),
      ...(written.matching && { matching: written.matching }),
      ...(written.not_matching && { notMatching: written.not_matching }),
      ...(written.empty !== undefined && { empty: written.empty }),
    }),
  );

const alternativesSchema = z
  .strictObject({ any: z.array(conditionSchema).min(1) })
  .transform((written): Alternatives => ({ any: written.any }));

const itemSchema = z.union([conditionSchema, alternativesSchema], {
  error: 'must be a condition such as { field: department, in: [Sales] }, or { any: [ … ] }',
});

/** `employees`: whom the connector is for, and by which HR field the LMS tells them apart. */
export const employeesSchema = z
  .strictObject({
    key: hrFieldSchema.default(ID_KEY),
    filter: z.array(itemSchema).default([]),
    filter_applies_to_inactive: z.boolean().default(false),
  })
  .transform((written): { readonly key: string; readonly scope: ScopePolicy } => ({
    key: written.key,
    scope: { filter: written.filter, appliesToInactive: written.filter_applies_to_inactive },
  }));
