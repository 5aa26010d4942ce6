import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';
import { ConfigError, type ConfigProblem } from '../errors.js';
import { Places } from './places.js';
import { type Outside, type Resolved, resolveReferences } from './references.js';
import { syntaxMessage } from './syntax.js';
import type { Path } from './trouble.js';

/** One text of the file: where it stands and what became of its references. */
export interface Leaf {
  readonly path: Path;
  readonly resolved: Resolved;
}

/** A YAML file as plain values, with references resolved and every place remembered. */
export interface ConfigDocument {
  readonly root: Readonly<Record<string, unknown>>;
  readonly leaves: readonly Leaf[];
  /** What is wrong with the document itself, before any schema looks at it. */
  readonly problems: readonly ConfigProblem[];
  readonly places: Places;
}

// Far beyond any real config, and small enough that nested aliases cannot fill the memory.
const MAXIMUM_NODES = 20_000;
const MAXIMUM_DEPTH = 30;

/** Reads YAML text. Throws a {@link ConfigError} when it is not YAML, or not a set of keys. */
export async function readDocument(text: string, file: string, outside: Outside): Promise<ConfigDocument> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, {
    lineCounter,
    prettyErrors: false,
    stringKeys: true,
    // Found below, where the key's path is known.
    uniqueKeys: false,
  });
  const places = new Places(file, lineCounter);
  const syntax = [...document.errors, ...document.warnings];
  if (syntax.length > 0) {
    throw new ConfigError(syntax.map((error) => places.problemAt(error.pos[0], [], syntaxMessage(error.code))));
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    throw new ConfigError([places.problemAt(0, [], 'holds nothing; copy config.example.yaml to start from')]);
  }
  if (!isMap(contents)) {
    throw new ConfigError([places.problemAt(0, [], 'is not a config: it must be a set of keys such as "version: 1"')]);
  }
  const walk = new Walk(places, outside, (alias) => alias.resolve(document));
  const root = await walk.map(contents.items, []);
  return { root, leaves: walk.leaves, problems: walk.problems, places };
}

/** One pass over the tree, collecting values, places and problems. */
class Walk {
  readonly leaves: Leaf[] = [];
  readonly problems: ConfigProblem[] = [];
  private nodes = 0;

  constructor(
    private readonly places: Places,
    private readonly outside: Outside,
    private readonly follow: (alias: Alias) => Node | undefined,
  ) {}

  async map(items: readonly { key: unknown; value: unknown }[], path: Path): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const { key, value } of items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const offset = offsetOf(key);
      const keyPath = [...path, name];
      if (name === '__proto__')
        this.problems.push(this.places.problemAt(offset, keyPath, 'is a key that cannot be used'));
      else if (Object.hasOwn(values, name)) {
        this.problems.push(this.places.problemAt(offset, keyPath, 'stands here a second time; keep one of the two'));
      } else {
        this.places.setKey(keyPath, offset);
        values[name] = await this.value(value, keyPath);
      }
    }
    return values;
  }

  private async value(node: unknown, path: Path): Promise<unknown> {
    this.nodes += 1;
    if (this.nodes > MAXIMUM_NODES || path.length > MAXIMUM_DEPTH) {
      const message = 'is nested too deeply, or its aliases expand to too much';
      throw new ConfigError([this.places.locate({ path, message, suggestion: null })]);
    }
    if (isAlias(node)) return this.value(this.follow(node), path);
    // Of a set of keys the key above it says more than its first line; an item of a list has none.
    if (isScalar(node) || typeof path.at(-1) === 'number') this.places.setValue(path, offsetOf(node));
    if (isMap(node)) return this.map(node.items, path);
    if (isSeq(node)) {
      const values: unknown[] = [];
      for (const item of node.items) values.push(await this.value(item, [...path, values.length]));
      return values;
    }
    return isScalar(node) ? this.scalar(node, path) : null;
  }

  /** Undefined stands for a text whose references failed, or wait for a command. */
  private async scalar(scalar: Scalar, path: Path): Promise<unknown> {
    const value = keepsItsSpelling(scalar) ? scalar.value : scalar.source;
    if (typeof value !== 'string') return value;
    const resolved = await resolveReferences(value, this.outside);
    this.leaves.push({ path, resolved });
    for (const message of resolved.failures) {
      this.problems.push(this.places.locate({ path, message, suggestion: null }));
    }
    return resolved.failures.length === 0 && !resolved.postponed ? resolved.text : undefined;
  }
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

// 0815 and ids of twenty digits are texts that look like numbers: as numbers they would lose what tells them apart.
function keepsItsSpelling(scalar: Scalar): boolean {
  if (typeof scalar.value !== 'number' || scalar.source === undefined) return true;
  return !/^[-+]?\d+$/.test(scalar.source) || String(scalar.value) === scalar.source;
}
