import type { PlannedChange } from '../../core/change.js';
import type { HrsyncError } from '../../errors.js';
import type { RunContext } from '../context.js';

/** Whether a target says that the LMS does not know an account. */
export function isUnknownAccount(error: unknown): boolean {
  return error instanceof Error && 'reason' in error && error.reason === 'unknown_account';
}

/** What the journal keeps of an error: its words, and what to do where somebody deleted the account by hand. */
export function reasonOf(error: HrsyncError, { account }: Pick<PlannedChange, 'account'>): string {
  return account !== null && isUnknownAccount(error) ? `${vanished(account)} (${error.message})` : error.message;
}

/** Says that an account is gone, and what mends that. */
export function vanished(account: string): string {
  return `the LMS has no account ${account} any more; if somebody deleted it, "hrsync verify --repair" makes a new one`;
}

/** Tells with `--verbose` what the LMS said in its own words. They may be about the person, so they are stored nowhere. */
export function tellWords(
  { target, reporter }: Pick<RunContext, 'target' | 'reporter'>,
  { kind, employee }: Pick<PlannedChange, 'kind' | 'employee'>,
  { words, message }: HrsyncError,
): void {
  if (words === null || message.includes(words)) return;
  reporter.note(`${target.title} on ${kind} of #${employee.id}: ${words}`, { detail: true });
}
