/** One attribute as a schema defines it. Source: RFC 7643, section 7. */
export interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'decimal' | 'dateTime' | 'reference' | 'binary' | 'complex';
  readonly multiValued: boolean;
  readonly description: string;
  readonly required: boolean;
  readonly caseExact: boolean;
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  readonly returned: 'always' | 'never' | 'default' | 'request';
  readonly uniqueness: 'none' | 'server';
  /** Only where the type is `complex`. */
  readonly subAttributes?: readonly Attribute[];
  readonly referenceTypes?: readonly string[];
}

/** A schema: the attributes that stand together under one URN. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** An attribute with the defaults of RFC 7643, section 2.2. */
export function attribute(name: string, changes: Partial<Attribute> = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description: name,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...changes,
  };
}

export function complex(
  name: string,
  subAttributes: readonly Attribute[],
  changes: Partial<Attribute> = {},
): Attribute {
  return attribute(name, { type: 'complex', subAttributes, ...changes });
}

/** A multi-valued attribute with the sub-attributes of RFC 7643, section 2.4; `value` may be given more precisely. */
export function plural(name: string, value: Partial<Attribute> = {}): Attribute {
  const subAttributes = [
    attribute('value', value),
    attribute('display'),
    attribute('type'),
    attribute('primary', { type: 'boolean' }),
  ];
  return complex(name, subAttributes, { multiValued: true });
}

/** An attribute by its name in any capitals. */
export function findAttribute(attributes: readonly Attribute[], name: string): Attribute | null {
  return attributes.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null;
}
