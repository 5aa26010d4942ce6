import type { StruckDataFault } from '../../faults/fault.js';
import { isRecord, type Values } from '../resource.js';
import { withColonKeys } from '../schema/colon-paths.js';
import type { ResourceType } from '../schema/resource-type.js';
import type { ScimSettings } from '../settings.js';

/** A resource as it goes out: in the portal's own manner, and without what a fault takes from it. */
export function finished(
  type: ResourceType,
  values: Values,
  settings: ScimSettings,
  faults: readonly StruckDataFault[],
): Values {
  const lost = new Set(faults.flatMap((fault) => (fault.kind === 'lost_attribute' ? fault.attributes : [])));
  if (!settings.showsMeta) lost.add('meta');
  const left = Object.fromEntries(Object.entries(values).filter(([key]) => !lost.has(key)));
  const keyed = withColonKeys(type, left, settings);
  return settings.showsTextBooleans
    ? Object.fromEntries(Object.entries(keyed).map(([key, one]) => [key, inText(one)]))
    : keyed;
}

function inText(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return value.map(inText);
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inText(one)])) : value;
}
