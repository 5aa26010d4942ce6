import type { EmployeeReference } from '../../core/employee.js';
import type { ReportedChange } from '../reporter.js';
import { safeText } from '../terminal.js';
import { html, type Markup, NOTHING } from './markup.js';

/** What is longer is cut: nobody reads more, and a page of such names would be no page. */
const LONGEST_NAME = 120;

/** A name from outside, harmless and of a bearable length. */
export function showName(name: string): string {
  return safeText(name, LONGEST_NAME);
}

/** Name, what is to be noticed, address and employee id, as far as they are known. */
export function personOf({ id, name, email }: EmployeeReference, marks: Markup = NOTHING): Markup {
  const called = name === null || name === '' ? NOTHING : html`<bdi class="name">${showName(name)}</bdi> `;
  const mail = email === null || email === '' ? NOTHING : html`<bdi class="mail">${showName(email)}</bdi> `;
  return html`${called}${marks}${mail}<bdi class="id">#${showName(id)}</bdi>`;
}

const OUTCOMES: Readonly<Partial<Record<ReportedChange['outcome'], string>>> = {
  failed: 'did not work',
  deferred: 'waits',
  uncertain: 'not certain yet',
};

/** What is to be noticed about a change: that the account is an administrator's, and that it is not done. */
export function marksOf({ privileged, outcome }: Pick<ReportedChange, 'privileged' | 'outcome'>): Markup {
  const said = OUTCOMES[outcome];
  const rights = privileged ? html`<span class="tag admin">administrator</span> ` : NOTHING;
  return said === undefined ? rights : html`${rights}<span class="tag ${outcome}">${said}</span> `;
}
