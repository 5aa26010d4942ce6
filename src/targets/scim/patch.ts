import { type Resource, withValueAt } from './path.js';
import type { ScimSettings } from './settings.js';

/** One attribute as it is to be; undefined takes it out. Nothing is ever set to null or an empty text. */
export interface Assignment {
  readonly path: string;
  readonly value: unknown;
}

/** One operation of https://www.rfc-editor.org/rfc/rfc7644#section-3.5.2 */
export interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
}

type Dialect = ScimSettings['dialect'];
type Manner = Pick<ScimSettings, 'dialect' | 'members'>;

/**
 * Assignments as operations: an operation with a path for each attribute, or, as Okta does it, one without a path for all
 * that are set. Entra writes verbs with a capital and booleans as text:
 * https://learn.microsoft.com/en-us/entra/identity/app-provisioning/application-provisioning-config-problem-scim-compatibility
 */
export function operationsFor(assignments: readonly Assignment[], dialect: Dialect): readonly Operation[] {
  const set = assignments.filter(({ value }) => value !== undefined);
  const removals = assignments
    .filter(({ value }) => value === undefined)
    .map(({ path }): Operation => ({ op: verb('remove', dialect), path }));
  if (dialect === 'okta') {
    return set.length === 0 ? removals : [{ op: verb('replace', dialect), value: resourceOf(set) }, ...removals];
  }
  const sets = set.map(
    ({ path, value }): Operation => ({ op: verb('replace', dialect), path, value: said(value, dialect) }),
  );
  return [...sets, ...removals];
}

/** The resource that assignments make of another one. */
export function resourceOf(assignments: readonly Assignment[], resource: Resource = {}): Resource {
  return assignments.reduce((made, { path, value }) => withValueAt(made, path, value), resource);
}

/** Puts members into a group. */
export function addMembers(ids: readonly string[], { dialect }: Manner): readonly Operation[] {
  return [{ op: verb('add', dialect), path: 'members', value: ids.map((value) => ({ value })) }];
}

/** Takes members out of a group: by a path for each, or in the older way by a list. */
export function removeMembers(ids: readonly string[], { dialect, members }: Manner): readonly Operation[] {
  const op = verb('remove', dialect);
  if (members === 'value_list') return [{ op, path: 'members', value: ids.map((value) => ({ value })) }];
  return ids.map((id) => ({ op, path: `members[value eq ${JSON.stringify(id)}]` }));
}

function verb(op: 'add' | 'replace' | 'remove', dialect: Dialect): string {
  return dialect === 'entra' ? `${op[0]?.toUpperCase()}${op.slice(1)}` : op;
}

function said(value: unknown, dialect: Dialect): unknown {
  if (dialect !== 'entra' || typeof value !== 'boolean') return value;
  return value ? 'True' : 'False';
}
