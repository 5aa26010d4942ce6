import Sqlite from 'better-sqlite3';
import { isEmpty, type Value } from '../../../src/core/value.js';
import type { Sandbox } from '../../../src/sandbox/index.js';
import type { Account } from '../../../src/sandbox/learnamp/account.js';

type Row = Readonly<Record<string, unknown>>;

/** Everything that Learn Amp holds, without the numbers and times that depend on the order of calls. */
export function portraitOf(lms: Sandbox['lms']): object {
  const name = (id: number) => lms.teams.get(id)?.name ?? `no team ${id}`;
  const bearer = ({ integrationExternalId, email }: Account) => integrationExternalId ?? email;
  const one = (account: Account) => {
    const { id, createdAt, updatedAt, primaryTeamId, secondaryTeamIds, managerId, ...rest } = account;
    const manager = lms.find(managerId);
    return {
      ...rest,
      primaryTeam: primaryTeamId === null ? null : name(primaryTeamId),
      secondaryTeams: secondaryTeamIds.map(name).sort(),
      manager: manager === null ? null : bearer(manager),
      invitedAt: rest.invitedAt !== null,
      confirmedAt: rest.confirmedAt !== null,
      deactivatedAt: rest.deactivatedAt !== null,
      // Whom no employee stands for must not be written at all.
      untouchedSince: rest.integrationExternalId === null ? updatedAt : null,
    };
  };
  return {
    accounts: sorted(lms.list().map((account) => [bearer(account), one(account)] as const)),
    teams: [...lms.teams.values()].map((team) => team.name).sort(),
    mails: lms.mails.map(({ to, kind }) => `${kind} to ${to}`).sort(),
  };
}

/** What a state says about the LMS, and about what is left to do. */
export interface Memory {
  readonly snapshots: readonly (readonly [string, object])[];
  readonly invitations: readonly Row[];
  readonly schedule: readonly Row[];
  readonly failures: readonly Row[];
  /** Attempts of which nobody knows the outcome. */
  readonly open: readonly Row[];
}

/** Reads a state from its file, without the numbers that depend on how many runs it took. */
export function memoryIn(file: string): Memory {
  const database = new Sqlite(file, { readonly: true });
  try {
    const rows = (query: string): Row[] => database.prepare<[], Row>(query).all();
    const snapshots = rows(
      `SELECT employee_id, state, name, email, manager, fields, hash, awaiting_manager, start_date,
         missing_since IS NOT NULL AS missing FROM snapshot`,
    );
    return {
      snapshots: sorted(
        snapshots.map((row) => [
          String(row['employee_id']),
          // With what an account that is not open was made of, nothing is compared.
          { ...row, fields: filledIn(String(row['fields'])), hash: row['state'] === 'active' ? row['hash'] : null },
        ]),
      ),
      invitations: rows('SELECT employee_id, hire, state, due, start_date FROM invitation ORDER BY employee_id, hire'),
      schedule: rows('SELECT kind, employee_id, on_day FROM schedule ORDER BY employee_id'),
      failures: rows('SELECT employee_id, kind, error FROM failure'),
      open: rows(`SELECT kind, employee_id, outcome FROM journal WHERE outcome IS NULL OR outcome = 'uncertain'`),
    };
  } finally {
    database.close();
  }
}

/** The fields of a snapshot that are filled: one that is known to be empty says no more than one that is not known. */
export function filledIn(fields: string): object {
  const entries: readonly (readonly [string, Value])[] = Object.entries(JSON.parse(fields));
  return Object.fromEntries(entries.filter(([, value]) => !isEmpty(value)));
}

// Two of one key stay two.
function sorted(entries: readonly (readonly [string, object])[]): readonly (readonly [string, object])[] {
  return entries.toSorted(([one], [other]) => one.localeCompare(other));
}
