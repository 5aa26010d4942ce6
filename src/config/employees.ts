import * as z from 'zod';
import type { Condition, ScopePolicy } from '../core/scope.js';
import { hrFieldSchema, textsSchema } from './text.js';

const TESTS = ['in', 'not_in', 'matching', 'not_matching', 'empty'] as const;

const patternSchema = z
  .string()
  .min(1)
  .transform((pattern, context) => {
    try {
      return new RegExp(pattern, 'iu');
    } catch (error) {
      // Node quotes the pattern first and says what is wrong with it last.
      const reason = error instanceof Error ? error.message.split(': ').at(-1) : 'it cannot be read';
      context.addIssue({ code: 'custom', message: `is not a regular expression: ${reason}` });
      return z.NEVER;
    }
  });

const conditionSchema = z
  .strictObject({
    field: hrFieldSchema,
    in: textsSchema.optional(),
    not_in: textsSchema.optional(),
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

/** `employees`: whom the connector is for. */
export const employeesSchema = z
  .strictObject({
    filter: z.array(conditionSchema).default([]),
    filter_applies_to_inactive: z.boolean().default(false),
  })
  .transform(
    (written): ScopePolicy => ({ filter: written.filter, appliesToInactive: written.filter_applies_to_inactive }),
  );
