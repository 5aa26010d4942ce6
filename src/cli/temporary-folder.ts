import { tmpdir } from 'node:os';
import type { HostProcess } from './process.js';

/** The folder for temporary files, as the environment of the command names it. */
export function temporaryFolder({ env }: Pick<HostProcess, 'env'>): string {
  return env['TMPDIR'] || tmpdir();
}
