import * as z from 'zod';
import { CUSTOM_FIELD_PREFIX, EXTERNAL_ID } from '../core/account.js';
import { fieldsReadBy, type MappingRule } from '../core/mapping.js';
import { normaliseText } from '../core/text.js';
import type { TargetDefinition } from '../targets/target.js';
import { MISSING } from './sentences.js';
import { hrFieldProblem, hrFieldSchema, scalarSchema } from './text.js';

type Rule = Omit<MappingRule, 'field'>;

const ORIGINS = ['from', 'value', 'template'] as const;
const RULE_FORM = 'must be an HR field, a list of HR fields, or { from: …, … }';

const fromSchema = z.union([hrFieldSchema.transform((field) => [field]), z.array(hrFieldSchema).min(1)], {
  error: 'must be an HR field or a list of HR fields',
});

const templateSchema = z.string().superRefine((template, context) => {
  const fields = fieldsReadBy({ from: [], template });
  if (fields.length === 0) {
    context.addIssue({ code: 'custom', message: 'names no HR field in braces; for a fixed text write value: instead' });
  }
  for (const problem of fields.map(hrFieldProblem)) {
    if (problem === null) continue;
    const { suggestion } = problem.params;
    const params = { suggestion: suggestion && `{${suggestion}}` };
    context.addIssue({ code: 'custom', message: `names in braces what ${problem.message}`, params });
  }
});

const mapSchema = z.record(z.string(), scalarSchema).superRefine((map, context) => {
  const keys = Object.keys(map);
  const normal = keys.map(normaliseText);
  for (const [index, key] of keys.entries()) {
    if (normal.indexOf(normaliseText(key)) === index) continue;
    context.addIssue({
      code: 'custom',
      path: [key],
      message: 'is the same value as a line above: keep one of the two',
    });
  }
});

const ruleObjectSchema = z
  .strictObject({
    from: fromSchema.optional(),
    value: scalarSchema.optional(),
    template: templateSchema.optional(),
    map: mapSchema.optional(),
    default: scalarSchema.optional(),
    type: z.enum(['string', 'date', 'integer', 'decimal', 'choice', 'multi_choice', 'boolean']).optional(),
    when_empty: z.enum(['clear', 'keep']).default('clear'),
    write: z.enum(['always', 'once']).default('always'),
    case: z.enum(['lower', 'upper']).optional(),
  })
  .superRefine((written, context) => {
    const given = ORIGINS.filter((origin) => written[origin] !== undefined);
    if (context.issues.length > 0 || given.length === 1) return;
    const message = given.length === 0 ? 'needs one of from, value, template' : `has ${given.join(' and ')}; keep one`;
    context.addIssue({ code: 'custom', message });
  })
  .transform(
    (written): Rule => ({
      from: written.from ?? [],
      ...(written.value !== undefined && { value: written.value }),
      ...(written.template !== undefined && { template: written.template }),
      ...(written.map && { map: written.map }),
      ...(written.default !== undefined && { default: written.default }),
      ...(written.type && { type: written.type }),
      whenEmpty: written.when_empty,
      write: written.write,
      ...(written.case && { case: written.case }),
    }),
  );

const ruleSchema = z.union([fromSchema.transform(plainRule), ruleObjectSchema], {
  error: (issue) => (issue.input === undefined ? `${MISSING}; every account needs it` : RULE_FORM),
});

// Learning platforms want these with every change, so a value that HR no longer gives would go along.
const requiredRuleSchema = ruleSchema.refine((rule) => rule.write === 'always', {
  error: 'is sent with every change, so write: once cannot be kept here',
});

const customFieldsSchema = z.record(z.string().min(1), ruleSchema).default({});

/**
 * `mapping` for one target: its fields and `custom_fields` on the left side, and those that every account needs must be
 * there. Without a target, any name is taken.
 */
export function mappingSchema(target: TargetDefinition | undefined): z.ZodType<readonly MappingRule[]> {
  const fields = (target?.fields ?? []).filter((field) => field.name !== EXTERNAL_ID);
  const rules = fields.map(
    (field) => [field.name, field.required ? requiredRuleSchema : ruleSchema.optional()] as const,
  );
  const shape = { ...Object.fromEntries(rules), custom_fields: customFieldsSchema };
  const open = target ? z.strictObject(shape) : z.object(shape).catchall(ruleSchema);
  const identifiers = target?.identifiers ?? [];
  const schema = open.superRefine((written: object, context) => {
    if (identifiers.length === 0 || identifiers.some((name) => Object.hasOwn(written, name))) return;
    context.addIssue({ code: 'custom', message: `needs ${identifiers.join(' or ')}: every account has one of them` });
  });
  return schema.transform(({ custom_fields, ...named }) => [
    ...rulesUnder('', named),
    ...rulesUnder(CUSTOM_FIELD_PREFIX, custom_fields),
  ]);
}

function rulesUnder(prefix: string, rules: object): MappingRule[] {
  return Object.entries(rules).flatMap(([name, rule]: [string, Rule | undefined]) =>
    rule === undefined ? [] : [{ field: `${prefix}${name}`, ...rule }],
  );
}

function plainRule(from: readonly string[]): Rule {
  return { from, whenEmpty: 'clear', write: 'always' };
}
