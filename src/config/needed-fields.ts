import { ID_KEY } from '../core/employee-key.js';
import { fieldsReadBy } from '../core/mapping.js';
import { conditionsIn } from '../core/scope.js';
import type { Config } from './config.js';

// What decides who is wanted and when. Names for reports are read where they can be, and nothing hangs on them.
const ALWAYS = ['status', 'start_date', 'termination_date'];

/** Every HR field that this config makes the core read, each once: for the source to ask for and to check. */
export function neededFields(
  config: Pick<Config, 'mapping' | 'scope' | 'safety' | 'employeeKey' | 'zones'>,
): readonly string[] {
  const filtered = conditionsIn(config.scope.filter).map(({ field }) => field);
  const unit = config.safety.per === null ? [] : [config.safety.per];
  const key = config.employeeKey === ID_KEY ? [] : [config.employeeKey];
  const place = config.zones === null ? [] : [config.zones.from];
  return [...new Set([...ALWAYS, ...key, ...place, ...config.mapping.flatMap(fieldsReadBy), ...filtered, ...unit])];
}
