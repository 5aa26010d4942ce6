import { basename } from 'node:path';
import type { Config } from '../../config/config.js';
import { isEnding } from '../../core/change.js';
import type { Employee } from '../../core/employee.js';
import { sayMinute } from '../../core/instant.js';
import { compileMapping, fieldsReadBy, linePath, type MappingRule } from '../../core/mapping.js';
import { explainItem, failedItem, hiddenField } from '../../core/scope.js';
import type { Standing } from '../../core/standing.js';
import type { ExplainedCondition, ExplainedRule } from '../../report/explanation.js';
import { mappedFields } from '../connector.js';
import type { Rehearsed } from './rehearse.js';
import type { Remembered } from './remembered.js';

/** Each condition of the filter with whether it holds; null where HR was not asked. */
export function scopeOf(config: Config, employee: Employee | null): readonly ExplainedCondition[] | null {
  if (employee === null) return null;
  return config.scope.filter.map((item, index) => {
    const hidden = hiddenField(employee, item);
    return {
      sentence: hidden === null ? explainItem(item) : `HR does not show ${hidden}`,
      line: config.lineOf(['employees', 'filter', index]),
      holds: failedItem(employee, [item]) === null,
    };
  });
}

/** Each rule of the mapping with its line of the config, what it makes of the employee, and what the LMS holds. */
export function rulesOf(
  config: Config,
  employee: Employee | null,
  { standing, unplaced }: { readonly standing: Standing | null; readonly unplaced: string | null },
  state: Remembered,
): readonly ExplainedRule[] {
  return config.mapping.map((rule) => {
    const made = employee === null ? null : compileMapping([rule], mappedFields(config)).apply(employee);
    const fields = standing?.kind === 'wanted' ? standing.fields : made !== null && 'fields' in made ? made.fields : {};
    return {
      field: rule.field,
      from: sayOrigin(rule),
      line: config.lineOf(linePath(rule.field)),
      wanted: fields[rule.field],
      held: state.snapshot?.fields[rule.field],
      problem: made !== null && 'skip' in made ? made.skip.message : rule.levels === undefined ? null : unplaced,
    };
  });
}

/** How the person is linked, or would be. */
export function matchOf({ snapshot }: Remembered, run: Rehearsed | null, target: string): string {
  if (snapshot !== null) {
    const manager =
      snapshot.awaitingManager === null ? '' : `; manager #${snapshot.awaitingManager} has no account yet`;
    return `linked to account ${snapshot.accountId} in ${target} (${snapshot.state})${manager}`;
  }
  const [change] = run?.changes ?? [];
  if (change?.account) return `account ${change.account} in ${target}: ${change.because}`;
  const ambiguous = run?.skips.find(({ reason }) => reason === 'ambiguous_match');
  if (ambiguous !== undefined) return ambiguous.message;
  if (change?.kind === 'create') return `no account in ${target} bears the external id or the address`;
  return run === null ? 'no account is linked' : 'no account is linked, and none is looked for';
}

/** What the calendar and the ledger of invitations hold. */
export function calendarOf(
  { scheduled, invitations, deletedOn }: Remembered,
  run: Rehearsed | null,
): readonly string[] {
  const due = (run?.scheduled ?? scheduled).map(({ kind, on }) => `${kind} on ${on}`);
  const ledger = invitations.map(
    ({ hire, state, due: day, at, because }) =>
      `invitation of hire ${hire}: ${state}${state === 'scheduled' && day !== null ? ` for ${day}` : ` on ${at.slice(0, 10)}`} (${because})`,
  );
  const deletion = deletedOn === null ? [] : [`delete from ${deletedOn} on, unless HR shows the person again`];
  return [...due, ...deletion, ...ledger];
}

/** What keeps failing, and until when the person rests. */
export function failuresOf({ failure }: Remembered): readonly string[] {
  if (failure === null) return [];
  const { kind, attempts, firstAt, retryAt, error } = failure;
  const again = isEnding(kind) ? 'again by the next run' : `again after ${sayMinute(retryAt)}`;
  return [`${kind}, ${attempts} since ${firstAt.slice(0, 10)}, ${again}: ${error}`];
}

/** The config file as it is named beside line numbers. */
export function configName({ file }: Config): string {
  return basename(file);
}

function sayOrigin(rule: MappingRule): string {
  if (rule.template !== undefined) return rule.template;
  return rule.value === undefined ? fieldsReadBy(rule).join(' or ') : `= ${rule.value}`;
}
