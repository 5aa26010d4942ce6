import { CUSTOM_FIELD_PREFIX } from './account.js';

/** What a first mapping should have: LMS field → HR fields that mean the same, best first. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  first_name: ['first_name'],
  last_name: ['last_name'],
  email: ['work_email'],
  job_title: ['job_title'],
  primary_team: ['department', 'team'],
  primary_location: ['work_location'],
  organization: ['legal_entity', 'department'],
  hire_date: ['start_date'],
  leave_date: ['termination_date'],
  manager: ['manager'],
};

/** What may be mapped besides, where somebody wants it. */
const FURTHER: Readonly<Record<string, readonly string[]>> = { username: ['work_email'] };

/** The HR fields that usually go to an LMS field, best first; none where nothing is usual. */
export function usualFor(field: string): readonly string[] {
  return (Object.hasOwn(USUAL, field) ? USUAL[field] : undefined) ?? [];
}

/**
 * The attributes of HR that seem to mean the same as an LMS field, best first: usual ones, or one of the same name; for a
 * custom field those whose label is its name, but for case and signs.
 */
export function counterpartsOf<One extends { readonly name: string; readonly label: string | null }>(
  field: string,
  offered: readonly One[],
): readonly One[] {
  if (field.startsWith(CUSTOM_FIELD_PREFIX)) {
    const wanted = plain(field.slice(CUSTOM_FIELD_PREFIX.length));
    return offered.filter(({ name, label }) => plain(label ?? name) === wanted);
  }
  const usual = usualFor(field);
  const further = (Object.hasOwn(FURTHER, field) ? FURTHER[field] : undefined) ?? [field];
  const names = usual.length > 0 ? usual : further;
  return names.flatMap((name) => offered.find((one) => one.name === name) ?? []);
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
