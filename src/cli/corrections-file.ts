import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { correctionsCsv } from '../report/corrections-csv.js';
import { requireWritable, writePrivately } from '../report/private-file.js';
import type { Store } from '../store/store.js';
import { listCorrections } from './observe/hr-list.js';
import { refuseToOverwrite } from './output-paths.js';
import type { CommandWorld } from './process.js';

const FLAG = '--corrections';

/**
 * Writes HR's list of corrections for a spreadsheet, and gives how many entries it has.
 *
 * @throws UsageError when the file cannot be written or would replace something that hrsync works with
 */
export async function writeCorrections(
  { host, redact }: Pick<CommandWorld, 'host' | 'redact'>,
  config: Config,
  store: Store,
  file: string,
): Promise<number> {
  const path = resolve(host.cwd(), file);
  refuseToOverwrite(config, [{ path, flag: FLAG }], undefined);
  await requireWritable(path, FLAG);
  const list = await listCorrections(store);
  await writePrivately(path, [...correctionsCsv(list)].map(redact));
  return list.length;
}
