import { chmod, cp, mkdtemp, rm, statfs, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCommand } from '../../esbuild.config.mjs';
import { DAY, PART } from './part.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Bytes that a run may need for what its tests write. */
const ROOM = 2 ** 30;

/**
 * Builds the command once for a test run, into a folder of its own that goes with the run: neither an old `dist` nor a
 * build in the meantime changes what is tested. Tests find the folder through `built.ts`. Also says which part runs.
 */
export default async function setup() {
  process.env.HRSYNC_DAY = String(DAY);
  process.stdout.write(`Tests run ${PART}.\n`);
  const folder = await mkdtemp(join(await scratch(), 'hrsync-tests-'));
  // A database server runs as another user, and must get to its folder in here; the names in here are nobody else's to see.
  await chmod(folder, 0o711);
  await buildCommand(join(folder, 'dist'));
  await cp(join(ROOT, 'bin'), join(folder, 'bin'), { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  // "hrsync guide" reads the guides from the package.
  await symlink(join(ROOT, 'src'), join(folder, 'src'));
  process.env.HRSYNC_BUILD = folder;
  // What tests write goes with the run as well.
  process.env.TMPDIR = folder;
  return () => rm(folder, { recursive: true, force: true });
}

// In memory where there is room: a third of a system test's time was waiting for the disk at each commit. A process that is
// killed loses nothing of what it wrote to either.
async function scratch() {
  const { bavail, bsize } = await statfs('/dev/shm').catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= ROOM ? '/dev/shm' : tmpdir();
}
