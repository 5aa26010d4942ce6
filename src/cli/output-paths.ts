import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { UsageError } from '../errors.js';
import { refuseLink } from '../report/private-file.js';

/** A file that a command is asked to write, with the flag that asks for it. */
interface Output {
  readonly path: string;
  readonly flag: string;
}

/**
 * Makes sure that nothing that is asked for takes the place of what a run works with: the config, the state and what lies
 * beside it by its name, the saved plan that is applied, another of the outputs, or what a link stands for.
 *
 * @throws UsageError when something would
 */
export function refuseToOverwrite(
  { file, state }: Pick<Config, 'file' | 'state'>,
  outputs: readonly Output[],
  savedPlan: string | undefined,
): void {
  const taken = new Map<string, string>([[identityOf(file), 'the config']]);
  if (savedPlan !== undefined) taken.set(identityOf(savedPlan), 'the plan that is applied');
  for (const { path, flag } of outputs) {
    const place = placeOf(path);
    const isState = identityOf(path) === identityOf(state) || place.startsWith(placeOf(state));
    const what = isState ? 'the state, or lies beside it by its name' : taken.get(identityOf(path));
    if (what !== undefined) throw new UsageError(`${flag}: ${path} is ${what}; name another file`);
    refuseLink(path, flag);
    taken.set(identityOf(path), `what ${flag} writes already`);
  }
}

// Links included: what counts is which file it is, and where there is none yet, which one it would be.
function identityOf(path: string): string {
  try {
    const { dev, ino } = statSync(path);
    return `${dev} ${ino}`;
  } catch {
    return placeOf(path);
  }
}

function placeOf(path: string): string {
  try {
    return join(realpathSync(dirname(resolve(path))), basename(path));
  } catch {
    return resolve(path);
  }
}
