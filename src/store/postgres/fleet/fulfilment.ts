import type { Owed } from '../../../core/owed.js';
import { EXIT, isDealtWith } from '../../../exit.js';
import type { FinishedRun } from '../../runs.js';
import { type Statement, statement } from '../statement.js';

const FULFIL = `UPDATE connector SET owed = owed_without(owed, $2::jsonb),
  owed_since = oldest_of(owed_without(owed, $2::jsonb)), attempts = 0, retry_at = NULL WHERE name = $1`;

/**
 * What a run that has ended well takes back of what its connector owes, for the transaction that ends it: a night that is
 * done is never owed again, and one that is lost stays owed.
 */
export function fulfilment(
  connector: string,
  { exitCode, error }: Pick<FinishedRun, 'exitCode' | 'error'>,
  fulfils: Owed | undefined,
): readonly Statement[] {
  if (fulfils === undefined || exitCode === null || !isDealtWith(exitCode)) return [];
  // An error that ended the run can have the exit code of single failures. A refusal is a result.
  if (error !== null && exitCode !== EXIT.refused) return [];
  return [statement(FULFIL, connector, JSON.stringify(fulfils))];
}
