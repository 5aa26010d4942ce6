import type { TypeTable } from '../../core/field-type.js';

/** The fields that take any text. */
export const TEXTS = ['text', 'choice', 'multi_choice'] as const;

/**
 * Which HR types fit where everything is sent as text: only days, addresses and people ask for an attribute of their own
 * kind.
 */
export const TEXT_TYPES: TypeTable = {
  text: [...TEXTS, 'email'],
  multiline: ['text'],
  link: ['text'],
  list: TEXTS,
  tags: TEXTS,
  date: ['date', 'text'],
  integer: TEXTS,
  decimal: TEXTS,
  boolean: TEXTS,
  employee: ['employee'],
  unknown: [...TEXTS, 'email', 'date', 'employee'],
};
