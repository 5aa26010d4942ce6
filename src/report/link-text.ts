import type { Account } from '../core/account.js';
import type { EmployeeReference } from '../core/employee.js';
import { sayMinute } from '../core/instant.js';
import { makeStyle } from './style.js';
import { lines, safeText, wrapText } from './terminal.js';

/** Both sides of a link that a person is to agree to. */
export interface LinkSides {
  readonly employee: EmployeeReference & { readonly jobTitle: string | null };
  readonly account: Account;
  /** ISO instant at which hrsync last changed the account, or null. */
  readonly last: string | null;
}

/** The employee and the account, one fact a line, so that differences meet the eye. */
export function renderLink(
  { employee, account, last }: LinkSides,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const style = makeStyle(colour);
  const fact = (label: string, text: string | null) =>
    wrapText(safeText(text ?? '(none)', 300), width, `  ${style.faint(label.padEnd(13))} `);
  const names = account.names?.filter((name) => name !== '') ?? [];
  const rights = account.rights ?? { privileged: null, role: null };
  const more = rights.privileged === true ? 'more rights than a learner' : null;
  const role = [rights.role, more].filter((part) => part !== null).join(': ');
  const unknown = rights.privileged === null && rights.role === null ? '(the LMS does not tell)' : null;
  return lines([
    style.strong(`HR: #${safeText(employee.id, 60)}`),
    ...fact('name', employee.name),
    ...fact('e-mail', employee.email),
    ...fact('job', employee.jobTitle),
    style.strong(`LMS: account ${safeText(account.id, 60)}`),
    ...fact('name', names.length > 0 ? names.join(' ') : account.name),
    ...fact('e-mail', account.email),
    ...fact('rights', unknown ?? role),
    ...fact('state', account.state),
    ...fact('external id', account.externalId),
    ...fact('last change', last === null ? 'never by hrsync' : `${sayMinute(last)}, by hrsync`),
    '',
  ]);
}
