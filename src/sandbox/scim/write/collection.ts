import type { Resource, Values } from '../resource.js';
import type { ResourceType } from '../schema/resource-type.js';

/** A resource after a change, and values that the answer shows although they are not stored. */
export interface Outcome<One extends Resource> {
  readonly resource: One;
  readonly echo: Values;
}

/** The resources of one type, and what can be done with them. All values are checked against the schemas before. */
export interface Collection<One extends Resource> {
  type(): ResourceType;
  /** Those that SCIM sees, in the order in which they were made. */
  list(): readonly One[];
  find(id: string): One | null;
  /** A resource with everything that the portal adds; `base` begins its addresses. */
  whole(resource: One, type: ResourceType, base: string): Values;
  /** @throws Refusal */
  create(values: Values): Outcome<One>;
  /** @throws Refusal */
  change(resource: One, values: Values): Outcome<One>;
  /** What the values of a PUT come to. */
  replaced(resource: One, values: Values): Values;
  remove(resource: One): void;
}
