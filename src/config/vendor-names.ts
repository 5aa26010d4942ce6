import { fieldsReadBy, linePath, type MappingRule } from '../core/mapping.js';
import type { FilterItem, ScopePolicy } from '../core/scope.js';
import type { ConfigProblem } from '../errors.js';
import type { SourceDefinition } from '../sources/source.js';
import type { Places } from './places.js';
import type { Path } from './trouble.js';

/** What of a config names HR fields. */
interface NamedFields {
  readonly mapping: readonly MappingRule[];
  readonly employees: { readonly key: string; readonly scope: ScopePolicy };
  readonly safety: { readonly safety: { readonly per: string | null } };
}

/** The HR fields of a config that stand there under a name of the HR system's own; no permission would bring them. */
export function vendorNamesIn(
  { mapping, employees, safety }: NamedFields,
  { title, names = {} }: Pick<SourceDefinition, 'title' | 'names'>,
  places: Places,
): readonly ConfigProblem[] {
  const uses: readonly (readonly [Path, string])[] = [
    ...mapping.flatMap((rule) => fieldsReadBy(rule).map((name) => [placeOf(rule, name, places), name] as const)),
    [['employees', 'key'], employees.key],
    ...employees.scope.filter.flatMap((item, index) => usesIn(item, ['employees', 'filter', index])),
    ...(safety.safety.per === null ? [] : [[['safety', 'per'], safety.safety.per] as const]),
  ];
  return uses.flatMap(([path, name]) => {
    const suggestion = Object.hasOwn(names, name) ? names[name] : undefined;
    if (suggestion === undefined) return [];
    return [places.locate({ path, message: `${name} is not what hrsync calls this field of ${title}`, suggestion })];
  });
}

function usesIn(item: FilterItem, path: Path): readonly (readonly [Path, string])[] {
  if (!('any' in item)) return [[[...path, 'field'], item.field]];
  return item.any.map(({ field }, index) => [[...path, 'any', index, 'field'], field]);
}

function placeOf({ field, from }: MappingRule, name: string, places: Places): Path {
  const rule = linePath(field);
  const at = from.indexOf(name);
  const candidates: readonly Path[] = [
    [...rule, 'from', at],
    [...rule, at],
    [...rule, 'from'],
    [...rule, 'template'],
  ];
  return candidates.find((path) => places.has(path)) ?? rule;
}
