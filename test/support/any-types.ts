import type { SourceFieldType, TargetFieldType, TypeTable } from '../../src/core/field-type.js';

const HR: readonly SourceFieldType[] = [
  'text',
  'multiline',
  'link',
  'list',
  'tags',
  'date',
  'integer',
  'decimal',
  'boolean',
  'employee',
  'unknown',
];
const LMS: readonly TargetFieldType[] = ['text', 'email', 'date', 'choice', 'multi_choice', 'employee'];

/** The table of a made-up target in which every attribute fits every field. */
export const ANY_TYPES: TypeTable = Object.fromEntries(HR.map((type) => [type, LMS])) as Record<
  SourceFieldType,
  readonly TargetFieldType[]
>;
