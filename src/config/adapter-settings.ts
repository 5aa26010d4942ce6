import * as z from 'zod';

/** One setting of an adapter, as a new config shows it. */
export interface AdapterSetting {
  readonly name: string;
  readonly required: boolean;
  /** The default as YAML, where there is a plain one. */
  readonly defaultText: string | null;
  /** What a person is asked for, as the vendor calls it and where it stands; null where the name says it. */
  readonly label: string | null;
  /** What a new config shows of a required setting that no variable can hold: a text, or key → text; null elsewhere. */
  readonly example: string | Readonly<Record<string, string>> | null;
}

/** The settings of an adapter in the order in which it declares them. */
export function adapterSettings({ settings }: { readonly settings: z.ZodType }): readonly AdapterSetting[] {
  const schema: unknown = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return [];
  const { properties } = schema;
  if (typeof properties !== 'object' || properties === null) return [];
  const required: unknown = 'required' in schema ? schema.required : [];
  return Object.entries(properties).map(([name, property]: [string, unknown]) => ({
    name,
    required: Array.isArray(required) && required.includes(name),
    defaultText: defaultOf(property),
    label: labelOf(property),
    example: exampleOf(property),
  }));
}

function labelOf(property: unknown): string | null {
  if (typeof property !== 'object' || property === null || !('title' in property)) return null;
  return typeof property.title === 'string' ? property.title : null;
}

function exampleOf(property: unknown): AdapterSetting['example'] {
  if (typeof property !== 'object' || property === null || !('examples' in property)) return null;
  const [example]: unknown[] = Array.isArray(property.examples) ? property.examples : [];
  if (typeof example === 'string') return example;
  if (typeof example !== 'object' || example === null) return null;
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, String(value)]));
}

function defaultOf(property: unknown): string | null {
  if (typeof property !== 'object' || property === null || !('default' in property)) return null;
  // JSON is YAML, and quotes every text that YAML would read otherwise.
  return JSON.stringify(property.default);
}
