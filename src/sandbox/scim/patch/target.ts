import type { Filter } from '../filter/filter.js';
import { FilterSyntaxError, parseFilter } from '../filter/parse-filter.js';
import { refuse } from '../refusal.js';
import { findAttribute } from '../schema/attribute.js';
import { locate, type Place } from '../schema/locate.js';
import type { ResourceType } from '../schema/resource-type.js';
import type { BodyRules } from '../write/read-values.js';

/** What an operation is aimed at; `filter` chooses values of a multi-valued attribute. */
export interface Target extends Place {
  readonly filter: Filter | null;
}

const PATH = /^([^[\]"]+?)(?:\[(.*)\](?:\.([^.[\]]+))?)?$/s;

/**
 * Reads a path such as `emails[type eq "work"].value`; null where the portal ignores what it does not know.
 *
 * @throws Refusal `invalidPath`, or `mutability` where only the server sets the attribute
 */
export function readTarget(type: ResourceType, path: string, rules: BodyRules): Target | null {
  const [, base, filter, subName] = PATH.exec(path.trim()) ?? [];
  if (base === undefined) throw refuse('invalidPath', `${path} is not a path`);
  const place = locate(type, base, rules);
  if (typeof place === 'string') {
    const how = place === 'unknown' ? rules.unknownAttributes : rules.attributeNames;
    if (how === 'ignore') return null;
    throw refuse('invalidPath', `${path} leads to no attribute`);
  }
  const target = filter === undefined ? { ...place, filter: null } : filtered(place, filter, subName, path);
  if (target.attribute.mutability === 'readOnly' || target.sub?.mutability === 'readOnly') {
    throw refuse('mutability', `${path} is read-only`);
  }
  return target;
}

function filtered({ urn, attribute, sub }: Place, filter: string, subName: string | undefined, path: string): Target {
  if (!attribute.multiValued || sub !== null) throw refuse('invalidPath', `${path} filters what has one value`);
  const inner = subName === undefined ? null : findAttribute(attribute.subAttributes ?? [], subName);
  if (subName !== undefined && inner === null) throw refuse('invalidPath', `${path} leads to no attribute`);
  try {
    return { urn, attribute, sub: inner, filter: parseFilter(filter) };
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw refuse('invalidPath', error.message);
    throw error;
  }
}
