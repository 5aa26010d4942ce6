import type { Company, Person } from '../company/company.js';
import { hash } from '../company/random.js';
import { asWritten, type Oddities, withOddities } from '../oddities.js';
import { type Attribute, attributesOf, lastModified, type RenderContext, wrap } from './attributes.js';

/** What a request may see, and in which forms. */
export interface View {
  readonly company: Company;
  /** Readable and asked for, in catalogue order. */
  readonly attributes: readonly Attribute[];
  readonly supervisorDetails: boolean;
  readonly oddities: Oddities;
  /** Differs from one answer to the next, and so do the forms of values. */
  readonly turn: number;
}

/** The attributes of a company that an allow-list leaves, without those that a fault takes away. */
export function readableAttributes(
  company: Company,
  readable: 'all' | readonly string[],
  lost: ReadonlySet<string>,
): readonly Attribute[] {
  return attributesOf(company).filter(
    ({ key }) => key === 'id' || ((readable === 'all' || readable.includes(key)) && !lost.has(key)),
  );
}

/**
 * One employee as the v1 API shows them. Recorded answers differ from the vendor's description, and the stand-in follows the
 * recordings: units and supervisors that are null, an empty text or an empty list; `type` and `universal_id` on a supervisor;
 * ids of units; attributes that the company defined itself (`dynamic_…`). The description also calls the list of employees an
 * object, against its own example. https://developer.personio.de/reference/get_company-employees
 */
export function employeeJson(profile: Person, view: View): unknown {
  const { company, supervisorDetails, oddities } = view;
  const person = asWritten(profile, company, oddities);
  const rendering: RenderContext = { company, supervisorDetails, oddities, salt: hash(person.id, view.turn) };
  const attributes: Record<string, unknown> = {};
  for (const attribute of view.attributes) {
    attributes[attribute.key] = wrap(attribute, attribute.value(person, rendering));
  }
  return { type: 'Employee', attributes: withOddities(attributes, person.id, oddities, 'value') };
}

/** Those of whom one of the attributes changed at or after an instant (ISO 8601, UTC) and before another. */
export function changedBetween(
  people: readonly Person[],
  attributes: readonly Attribute[],
  from: string,
  until: string,
): readonly Person[] {
  const fields = attributes.flatMap((attribute) => attribute.fields);
  return people.filter((person) => {
    const at = lastModified(person, fields);
    return at >= from && at <= until;
  });
}
