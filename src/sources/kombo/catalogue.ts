import type { SourceField } from '../source.js';
import { isOfEmployees, type Offer, supplyOf } from './supply.js';
import { UNIFIED } from './unified.js';

/**
 * What an integration supplies, as fields that a mapping can name: Kombo's own, then custom fields, then fields of the HR
 * system that are passed through. Of one name the first counts. Kombo gives the values of the latter two no type.
 */
export function sourceFields(offer: Offer): readonly SourceField[] {
  const unified = [...UNIFIED.values()].map(({ name, label, type }): SourceField => ({ name, label, type }));
  const own = [...(offer.customFields ?? []), ...(offer.integrationFields ?? [])]
    .filter(isOfEmployees)
    .map(({ key, label }): SourceField => ({ name: key, label: label ?? null, type: 'unknown' }));
  const offered = [...unified, ...own].filter(({ name }) => supplyOf(name, offer).state !== 'withheld');
  return [...new Map(offered.toReversed().map((field) => [field.name, field])).values()].toReversed();
}
