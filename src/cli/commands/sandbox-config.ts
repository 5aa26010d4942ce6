import { resolve } from 'node:path';
import { EXIT } from '../../exit.js';
import { writeNewFile } from '../new-file.js';
import { shellWord } from '../next-command.js';
import type { CommandBody } from '../process.js';
import { askControl, findSandbox } from '../sandbox/running.js';

interface ConfigFlags {
  readonly source: string;
  readonly target: string;
  readonly out?: string | undefined;
  readonly control?: string | undefined;
}

/** Prints or writes a config for two stand-ins of a sandbox that runs. */
export function sandboxConfigFor({ source, target, out, control }: ConfigFlags): CommandBody {
  return async (world) => {
    const url = await findSandbox(world.host, control);
    const query = new URLSearchParams({ source, target });
    const config = String(await askControl(`${url}/config?${query}`, 'GET'));
    if (out === undefined) {
      world.print({ text: config, json: { format: 1, config } });
      return EXIT.done;
    }
    const file = resolve(world.host.cwd(), out);
    await writeNewFile(file, config);
    const text = `Wrote ${file}\nNext: hrsync check --config ${shellWord(out)}\n`;
    world.print({ text, json: { format: 1, written: file } });
    return EXIT.done;
  };
}
