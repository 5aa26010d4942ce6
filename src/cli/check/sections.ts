import type { Config } from '../../config/config.js';
import { count } from '../../core/count.js';
import { type Fit, mismatchesIn } from '../../core/type-check.js';
import { EXIT } from '../../exit.js';
import type { Finding } from '../../http/world.js';
import { renderFindings } from '../../report/findings.js';
import { sayMismatch } from '../../report/fit-text.js';
import type { CommandWorld } from '../process.js';

/** What one part of a check found. */
export interface Section {
  readonly title: string;
  /** Which end of the connector it looked at; absent: neither. */
  readonly side?: 'source' | 'target';
  readonly findings: readonly Finding[];
}

/** That the config can be used, with the LMS fields that are mapped, and what should not stay so. */
export function configFindings(config: Config, fields: readonly string[]): readonly Finding[] {
  const good: Finding = {
    level: 'ok',
    subject: 'config',
    message: `${config.file} is valid; mapped: ${fields.join(', ')}`,
  };
  return [good, ...config.warnings.map((message): Finding => ({ level: 'warning', subject: 'config', message }))];
}

/** The mapping lines that write what their field does not take; `good` is said where there is none. */
export function misfitFindings(fits: readonly Fit[], target: string, good: string): readonly Finding[] {
  const findings = mismatchesIn(fits).map((mismatch): Finding => {
    return { level: 'error', subject: mismatch.field, message: sayMismatch(mismatch, { target }), cause: 'config' };
  });
  return findings.length === 0 ? [{ level: 'ok', subject: 'types', message: good }] : findings;
}

/** One mapping line held against both sides, as `--json` shows it. */
export function fitDocument({ field, takes, from, makes, constant, verdict, reason }: Fit): object {
  return { field, takes, from, type: makes, constant, verdict, reason };
}

/** What findings come to, as a run that met them would end: credentials first, then what is read first. */
export function exitCodeOf(sections: readonly Section[]): number {
  const errors = errorsIn(sections);
  if (errors.length === 0) return EXIT.done;
  if (errors.some(({ cause }) => cause === 'credentials')) return EXIT.credentials;
  if (errors.some(({ cause }) => cause === 'config')) return EXIT.usage;
  const silent = sections.filter(({ findings }) => findings.some(isUnreachable)).map(({ side }) => side);
  if (silent.includes('source')) return EXIT.incompleteRead;
  return silent.includes('target') ? EXIT.partial : EXIT.unexpected;
}

function isUnreachable({ level, cause }: Finding): boolean {
  return level === 'error' && cause === 'unreachable';
}

/** What is wrong, a sentence each. */
export function troublesOf(sections: readonly Section[]): readonly string[] {
  return sections.flatMap(({ title, findings }) =>
    findings.flatMap(({ level, subject, message }) => (level === 'error' ? [`${title}: ${subject}: ${message}`] : [])),
  );
}

/** The last line of a check: whether all is well, and the next command. */
export function verdictOf(
  sections: readonly Section[],
  next: { readonly ready: string; readonly again: string },
): string {
  const errors = errorsIn(sections).length;
  if (errors > 0) return `Not ready: ${count(errors, 'error')}. Correct what is named above. Next: ${next.again}\n`;
  const warnings = sections.flatMap(({ findings }) => findings).filter(({ level }) => level === 'warning').length;
  return `Ready${warnings > 0 ? `, with ${count(warnings, 'warning')}` : ''}. Next: ${next.ready}\n`;
}

/** Every section with its findings, for a terminal. */
export function renderSections(sections: readonly Section[], { width, colour }: CommandWorld): string {
  return sections.map(({ title, findings }) => `${title}\n${renderFindings(findings, { width, colour })}`).join('\n');
}

function errorsIn(sections: readonly Section[]): readonly Finding[] {
  return sections.flatMap(({ findings }) => findings).filter(({ level }) => level === 'error');
}
