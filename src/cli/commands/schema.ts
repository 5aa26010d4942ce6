import { configJsonSchema } from '../../config/json-schema.js';
import { EXIT } from '../../exit.js';
import { SOURCES } from '../../sources/registry.js';
import { TARGETS } from '../../targets/registry.js';
import type { CommandBody } from '../process.js';

/** Prints the JSON Schema of the config. */
export function schema(): CommandBody {
  return async (world) => {
    const json = await configJsonSchema(SOURCES, TARGETS);
    world.print({ text: `${JSON.stringify(json, null, 2)}\n`, json });
    return EXIT.done;
  };
}
