import { dirname, resolve } from 'node:path';
import type { SetupLook } from '../../core/setup.js';
import type { AnyDefinition } from './ends.js';

/** Looks at what settings name, each once. A path starts where the config will stand. */
export class Looks {
  readonly #seen = new Map<string, Promise<SetupLook>>();

  constructor(
    private readonly file: string,
    private readonly signal: AbortSignal,
  ) {}

  at(definition: AnyDefinition, value: string): Promise<SetupLook> {
    const look = definition.setup?.look;
    if (look === undefined) throw new Error(`${definition.type} has nothing to look at`);
    const isPath = 'paths' in definition && definition.paths?.includes(look.setting) === true;
    const place = isPath ? resolve(dirname(this.file), value) : value;
    const key = `${definition.type} ${place}`;
    const seen = this.#seen.get(key) ?? look.at(place, this.signal);
    this.#seen.set(key, seen);
    return seen;
  }
}
