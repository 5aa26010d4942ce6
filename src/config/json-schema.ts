import * as z from 'zod';
import type { SOURCES } from '../sources/registry.js';
import type { TARGETS } from '../targets/registry.js';
import { DESCRIPTIONS } from './descriptions.js';
import { mappingSchema } from './mapping.js';
import { documentSchema, OPTIONAL_SECTIONS } from './schema.js';

type Node = Readonly<Record<string, unknown>>;

/**
 * JSON Schema (draft-07) of a config for these sources and targets, for editors. `type` decides which settings belong to
 * an end, and the target's which fields a mapping may name. It takes a little more than the config itself does: what
 * holds between keys is for `hrsync check` to say.
 */
export async function configJsonSchema(sources: typeof SOURCES, targets: typeof TARGETS): Promise<object> {
  const senders = await Promise.all(Object.values(sources).map((load) => load()));
  const ends = { sources: Object.keys(sources), targets: Object.keys(targets), target: undefined, senders };
  const whole = toJson(documentSchema(ends));
  const properties = propertiesOf(whole);
  const [source, target, mappings] = await Promise.all([
    endSchema(sources, propertiesOf(properties['source'])),
    endSchema(targets, propertiesOf(properties['target'])),
    mappingsOf(targets),
  ]);
  const sections = { ...properties, source, target, mapping: { type: 'object' } };
  const described = describe({ ...whole, properties: withEmptySections(sections), allOf: mappings }, '');
  return withReferences({ ...described, title: 'hrsync config' });
}

async function endSchema(
  registry: Readonly<Record<string, () => Promise<{ readonly title: string; readonly settings: z.ZodType }>>>,
  common: Node,
): Promise<Node> {
  const branches = Object.entries(registry).map(async ([type, load]) => {
    const { title, settings } = await load();
    const own = toJson(settings);
    const properties = { ...common, type: { const: type, description: title }, ...propertiesOf(own) };
    return onlyIf({ type: { const: type } }, { ...own, properties });
  });
  const type = { enum: Object.keys(registry) };
  return { type: 'object', properties: { type }, required: ['type'], allOf: await Promise.all(branches) };
}

async function mappingsOf(targets: typeof TARGETS): Promise<readonly Node[]> {
  return Promise.all(
    Object.entries(targets).map(async ([type, load]) =>
      onlyIf(
        { target: { properties: { type: { const: type } }, required: ['type'] } },
        { properties: { mapping: toJson(mappingSchema(await load())) } },
      ),
    ),
  );
}

function onlyIf(properties: Node, schema: Node): Node {
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema, and no function
  return { if: { properties, required: Object.keys(properties) }, then: schema };
}

function toJson(schema: z.ZodType): Node {
  const { $schema: _, ...node } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return node;
}

// A section whose keys are all commented out.
function withEmptySections(sections: Node): Node {
  const optional = OPTIONAL_SECTIONS.map((name) => [name, { anyOf: [sections[name], { type: 'null' }] }]);
  return { ...sections, ...Object.fromEntries(optional) };
}

function propertiesOf(node: unknown): Node {
  return isNode(node) && isNode(node['properties']) ? node['properties'] : {};
}

/** Adds the sentence about each key that has one. */
function describe(node: Node, path: string): Node {
  const walked = Object.entries(node).map(([key, value]) => {
    if (key === 'properties' && isNode(value)) {
      const named = Object.entries(value).map(([name, inner]) => [
        name,
        describeKey(inner, path === '' ? name : `${path}.${name}`),
      ]);
      return [key, Object.fromEntries(named)];
    }
    if (Array.isArray(value)) return [key, value.map((inner) => (isNode(inner) ? describe(inner, path) : inner))];
    return [key, key !== 'if' && isNode(value) ? describe(value, path) : value];
  });
  return Object.fromEntries(walked);
}

function describeKey(schema: unknown, path: string): unknown {
  if (!isNode(schema)) return schema;
  const description = DESCRIPTIONS[path] ?? DESCRIPTIONS[path.replace(/^(source|target)\./, 'end.')];
  return { ...describe(schema, path), ...(description !== undefined && { description }) };
}

const REFERENCE = { type: 'string', pattern: '\\$\\{' };
const LEAF = /^(number|integer|boolean|string)$/;
const RESTRICTIONS = ['pattern', 'format', 'enum', 'minLength', 'maxLength', 'const'];

/** Lets `${NAME}` stand for every number, choice and text with a form, as the config does. */
function withReferences(node: unknown): object {
  const walk = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(walk);
    if (!isNode(inner)) return inner;
    if (isRestricted(inner))
      return { anyOf: [inner, REFERENCE], ...('description' in inner && { description: inner['description'] }) };
    // What decides between branches is never read from outside, or no editor could follow.
    return Object.fromEntries(
      Object.entries(inner).map(([key, value]) => [key, key === 'if' || key === 'type' ? value : walk(value)]),
    );
  };
  const walked = walk(node);
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...(isNode(walked) ? walked : {}) };
}

function isRestricted(node: Node): boolean {
  const { type } = node;
  if (typeof type !== 'string' || !LEAF.test(type)) return false;
  return type !== 'string' || RESTRICTIONS.some((key) => key in node);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
