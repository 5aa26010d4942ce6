import { dirname, resolve } from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';
import { isSecretName } from './secrets.js';

/** Keys of an end that lead to the real system, besides its secrets: they go with the address. */
const WAY = ['base_url', 'client_id', 'username', 'proxy', 'ca_file', 'oauth', 'timeout_seconds', 'app_id'];

/** A config text that is changed for a rehearsal on made-up systems; comments and everything else stay. */
export class RehearsalText {
  readonly #document;

  /** @param file the config file: relative references start at its folder */
  constructor(text: string, file: string) {
    const folder = dirname(file);
    const absolute = text.replace(
      /\$\{file:(?!\/)([^}]+)\}/g,
      (_, path: string) => `\${file:${resolve(folder, path)}}`,
    );
    this.#document = parseDocument(absolute, { stringKeys: true });
  }

  /** Takes keys out, each given by its path. */
  without(...paths: readonly (readonly string[])[]): void {
    for (const path of paths) if (this.#document.hasIn(path)) this.#document.deleteIn(path);
  }

  set(path: readonly string[], value: unknown): void {
    this.#document.setIn(path, this.#document.createNode(value));
  }

  /** Lets `source` or `target` lead to a stand-in: keys of its section, in YAML, take the place of address and credentials. */
  lead(end: 'source' | 'target', keys: Readonly<Record<string, unknown>>): void {
    const section = this.#document.get(end);
    const known = isMap(section) ? section.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : [])) : [];
    this.without(...known.filter((key) => WAY.includes(key) || isSecretName(key)).map((key) => [end, key]));
    for (const [key, value] of Object.entries(keys)) this.set([end, key], value);
  }

  toString(): string {
    return this.#document.toString();
  }
}

/** A section of a stand-in's example config as plain values. */
export function sectionOf(text: string, name: string): Readonly<Record<string, unknown>> {
  const document: unknown = parse(text);
  if (typeof document !== 'object' || document === null) return {};
  const section: unknown = Object.entries(document).find(([key]) => key === name)?.[1];
  return typeof section === 'object' && section !== null ? Object.fromEntries(Object.entries(section)) : {};
}
