import type { ScimSettings } from '../settings.js';
import { type Attribute, attribute, type Schema } from './attribute.js';
import { COMMON, ENTERPRISE, GROUP, USER } from './schemas.js';

/** A kind of resource with its schemas as the settings shape them. */
export interface ResourceType {
  readonly name: 'User' | 'Group';
  /** Below the base address. */
  readonly endpoint: '/Users' | '/Groups';
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

export function userType(settings: ScimSettings): ResourceType {
  const schema = { ...USER, attributes: USER.attributes.map((one) => userAttribute(one, settings)) };
  return {
    name: 'User',
    endpoint: '/Users',
    schema: withRequired(schema, '', settings),
    extensions: [enterprise(settings), ...settings.extensions.map(toSchema)].map((one) =>
      withRequired(one, `${one.id}:`, settings),
    ),
  };
}

export function groupType(): ResourceType {
  return { name: 'Group', endpoint: '/Groups', schema: GROUP, extensions: [] };
}

/** The attributes that stand at the top of a resource. */
export function coreAttributes({ schema }: ResourceType): readonly Attribute[] {
  return [...COMMON, ...schema.attributes];
}

function userAttribute(one: Attribute, { userNameChanges }: ScimSettings): Attribute {
  if (one.name !== 'userName') return one;
  const isImmutable = userNameChanges === 'refuse' || userNameChanges === 'against_schema';
  return { ...one, mutability: isImmutable ? 'immutable' : 'readWrite' };
}

function enterprise({ managerForm }: ScimSettings): Schema {
  if (managerForm === 'object') return ENTERPRISE;
  const others = ENTERPRISE.attributes.filter(({ name }) => name !== 'manager');
  return { ...ENTERPRISE, attributes: [...others, attribute('manager', { caseExact: true })] };
}

function toSchema({ urn, name, attributes }: ScimSettings['extensions'][number]): Schema {
  return {
    id: urn,
    name,
    description: name,
    attributes: attributes.map(({ subAttributes, ...given }) =>
      attribute(given.name, {
        ...given,
        ...(given.type === 'complex' && { subAttributes: subAttributes.map((sub) => attribute(sub.name, sub)) }),
      }),
    ),
  };
}

/** A schema with what the portal requires besides; `prefix` is what paths of its attributes begin with. */
function withRequired(schema: Schema, prefix: string, { requiredAttributes }: ScimSettings): Schema {
  const marked = (one: Attribute, path: string): Attribute => ({
    ...one,
    required: one.required || requiredAttributes.includes(path),
    ...(one.subAttributes && {
      subAttributes: one.subAttributes.map((sub) => marked(sub, `${path}.${sub.name}`)),
    }),
  });
  return { ...schema, attributes: schema.attributes.map((one) => marked(one, `${prefix}${one.name}`)) };
}
