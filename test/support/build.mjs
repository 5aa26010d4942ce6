import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCommand } from '../../esbuild.config.mjs';
import { DAY, PART } from './part.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the command once for a test run, into a folder of its own that goes with the run: neither an old `dist` nor a
 * build in the meantime changes what is tested. Tests find the folder through `built.ts`. Also says which part runs.
 */
export default async function setup() {
  process.env.HRSYNC_DAY = String(DAY);
  process.stdout.write(`Tests run ${PART}.\n`);
  const folder = await mkdtemp(join(tmpdir(), 'hrsync-build-'));
  await buildCommand(join(folder, 'dist'));
  await cp(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  // "hrsync guide" reads the guides from the package.
  await symlink(join(ROOT, 'src'), join(folder, 'src'));
  process.env.HRSYNC_BUILD = folder;
  return () => rm(folder, { recursive: true, force: true });
}
