import type { Academy } from './academy.js';
import { type Account, teamIds } from './account.js';
import type { LearnAmpSettings } from './settings.js';

type Test = (account: Account) => boolean;

/** The users that a query asks for, ascending by id. All filters must hold. */
export function filterUsers(academy: Academy, query: URLSearchParams, settings: LearnAmpSettings): readonly Account[] {
  const tests = [
    ...equalTests(query, settings),
    ...containTests(query),
    ...teamTests(query),
    ...statusTests(query, settings),
    ...dateTests(query),
  ];
  return candidates(academy, query).filter((account) => tests.every((test) => test(account)));
}

/** Looks people up instead of going through everybody. */
function candidates(academy: Academy, query: URLSearchParams): readonly Account[] {
  const email = query.get('filters[email]');
  const externalId = query.get('filters[integration_external_id]');
  if (email === null && externalId === null) return academy.list();
  if (externalId === null) return academy.findAllByEmail(email ?? '');
  const found = academy.findByExternalId(externalId);
  return found === null ? [] : [found];
}

function equalTests(query: URLSearchParams, { emailFilterMindsCase }: LearnAmpSettings): readonly Test[] {
  const email = query.get('filters[email]');
  const externalId = query.get('filters[integration_external_id]');
  const role = query.get('filters[role]');
  const fold = (text: string): string => (emailFilterMindsCase ? text : text.toLowerCase());
  return [
    ...(email === null ? [] : [(account: Account) => fold(account.email) === fold(email)]),
    ...(externalId === null ? [] : [(account: Account) => account.integrationExternalId === externalId]),
    ...(role === null ? [] : [(account: Account) => account.role === role]),
  ];
}

function containTests(query: URLSearchParams): readonly Test[] {
  const fields = [
    ['first_name', 'firstName'],
    ['last_name', 'lastName'],
  ] as const;
  return fields.flatMap(([filter, field]) => {
    const part = query.get(`filters[${filter}]`)?.toLowerCase();
    return part === undefined ? [] : [(account: Account) => account[field].toLowerCase().includes(part)];
  });
}

function teamTests(query: URLSearchParams): readonly Test[] {
  const wanted = valuesOf(query, 'team_ids').map(Number);
  return [
    ...(query.get('filters[no_team]') === 'true' ? [(account: Account) => teamIds(account).size === 0] : []),
    ...(wanted.length === 0 ? [] : [(account: Account) => wanted.some((id) => teamIds(account).has(id))]),
  ];
}

function statusTests(query: URLSearchParams, { listsDeactivated }: LearnAmpSettings): readonly Test[] {
  const wanted = new Set(valuesOf(query, 'status'));
  if (wanted.size > 0) return [(account) => wanted.has(account.status)];
  return listsDeactivated ? [] : [(account) => account.status !== 'deactivated'];
}

function dateTests(query: URLSearchParams): readonly Test[] {
  const fields = [
    ['created_at', 'createdAt'],
    ['updated_at', 'updatedAt'],
    ['deactivated_at', 'deactivatedAt'],
  ] as const;
  return fields.flatMap(([filter, field]) => {
    const from = query.get(`filters[${filter}][from]`);
    const to = query.get(`filters[${filter}][to]`);
    if (from === null && to === null) return [];
    return [
      (account: Account) => {
        const day = account[field]?.slice(0, 10);
        return day !== undefined && (from === null || day >= from) && (to === null || day <= to);
      },
    ];
  });
}

/** A filter that may be repeated, with or without brackets, or hold a list with commas. */
function valuesOf(query: URLSearchParams, filter: string): readonly string[] {
  const all = [...query.getAll(`filters[${filter}]`), ...query.getAll(`filters[${filter}][]`)];
  return all.flatMap((text) => text.split(',')).filter((text) => text !== '');
}
