import type { Fit } from '../core/type-check.js';
import type { MappingMismatch } from '../errors-plan.js';
import { columns, renderTable } from './table.js';
import { sayField } from './words.js';

/** The two systems that a mapping lies between, as reports call them. */
export interface Between {
  readonly source: string;
  readonly target: string;
}

/** Every line of a mapping: HR field and its type, LMS field and its type, and whether the two fit. */
export function renderFits(fits: readonly Fit[], { source, target }: Between, width: number): string {
  const titles = [...columns(`${source} field`, 'type', `${target} field`, 'takes'), { title: 'fits', wraps: true }];
  const rows = fits.map((fit) => [
    originOf(fit),
    fit.makes ?? '',
    sayField(fit.field),
    fit.takes ?? '',
    verdictOf(fit),
  ]);
  return renderTable(titles, rows, width);
}

/** What is wrong with one line of the mapping, and what would fit. */
export function sayMismatch(mismatch: MappingMismatch, { target }: Pick<Between, 'target'>): string {
  const { takes, from, makes, constant, fitting } = mismatch;
  const field = sayField(mismatch.field);
  if (takes === null) {
    const lacks = `${target} has no field "${field}"`;
    return mismatch.meant === undefined
      ? `${lacks}: make it there, or correct the name`
      : `${lacks}; did you mean "${mismatch.meant}"? Write it as ${target} does`;
  }
  if (constant !== null) {
    const what = fitting.choices.length > 0 ? `none of ${fitting.choices.join(', ')}` : `no ${said(takes)}`;
    return `"${constant}" is ${what}`;
  }
  const origin =
    from === null ? `the template makes ${said(makes ?? 'text')}` : `${from} is ${said(makes ?? 'unknown')}`;
  return `takes ${said(takes)}, and ${origin}; ${adviceOf(fitting)}`;
}

function adviceOf({ attributes, types }: MappingMismatch['fitting']): string {
  if (attributes.length === 0) return 'nothing of HR fits there';
  const given = types.length === 0 ? '' : `, or a rule with type: ${types.join(' or ')}`;
  return `what fits: HR fields that are ${attributes.map(said).join(', ')}${given}`;
}

function originOf({ from, constant, makes }: Fit): string {
  if (from !== null) return from;
  if (constant !== null) return `"${constant}"`;
  return makes === null ? '(constant)' : '(template)';
}

function verdictOf({ verdict, reason, meant }: Fit): string {
  switch (reason) {
    case null:
      return 'yes';
    case 'made':
      return 'yes; the field will be made';
    case 'field':
      return 'not known: the LMS does not list it';
    case 'attribute':
      return 'not known: HR does not list it';
    case 'untyped':
      return 'not known: HR gives no type';
    case 'missing':
      return meant === undefined ? 'NO: there is no such field' : `NO: did you mean "${meant}"?`;
    case 'type':
    case 'value':
    case 'choice':
      return verdict === 'mismatch' ? 'NO' : 'yes';
  }
}

function said(type: string): string {
  return type.replaceAll('_', ' ');
}
