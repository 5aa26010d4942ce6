import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../../config/config.js';
import type { Finding } from '../../http/world.js';

/** Looks whether the files and folders that a config names can be used; opens none and makes none. */
export async function pathFindings(config: Config): Promise<readonly Finding[]> {
  const { tls } = config.serve;
  const found = [
    config.state.kind === 'file' ? await stateFinding(config.state.file) : null,
    ...(tls === undefined
      ? []
      : [
          await readableFinding('serve.tls.cert_file', tls.cert_file),
          await readableFinding('serve.tls.key_file', tls.key_file),
        ]),
    ...(await Promise.all(sourcePaths(config).map(([key, path]) => folderFinding(key, path)))),
  ].filter((finding) => finding !== null);
  return found.length > 0 ? found : [{ level: 'ok', subject: 'paths', message: 'every file and folder can be used' }];
}

// The first run makes the folder of the state, as far down as it has to.
async function stateFinding(file: string): Promise<Finding | null> {
  const subject = 'state';
  if (await isFolder(file)) return trouble(subject, `${file} is a folder: name a file in it`);
  if ((await stat(file).catch(() => null)) !== null && !(await may(file, constants.R_OK | constants.W_OK)))
    return trouble(subject, `${file} cannot be read and written by this user`);
  let folder = dirname(file);
  while ((await stat(folder).catch(() => null)) === null && dirname(folder) !== folder) folder = dirname(folder);
  if (!(await isFolder(folder))) return trouble(subject, `${folder} is a file, so ${file} cannot be made below it`);
  const isWritable = await may(folder, constants.W_OK | constants.X_OK);
  return isWritable ? null : trouble(subject, `${folder} cannot be written by this user, so ${file} cannot be made`);
}

async function readableFinding(key: string, file: string): Promise<Finding | null> {
  return (await may(file, constants.R_OK)) ? null : trouble(key, `${file} cannot be read by this user`);
}

// An export may be written only in the night, and its place may be a share that is not there yet.
async function folderFinding(key: string, path: string): Promise<Finding | null> {
  const folder = dirname(path);
  if (await isFolder(folder)) return null;
  return { level: 'warning', subject: key, message: `there is no folder ${folder}` };
}

function sourcePaths({ source: { definition, settings } }: Config): readonly (readonly [key: string, path: string])[] {
  const entries = typeof settings === 'object' && settings !== null ? Object.entries(settings) : [];
  return entries.flatMap(([key, value]: [string, unknown]) =>
    definition.paths?.includes(key) && typeof value === 'string' ? [[`source.${key}`, value] as const] : [],
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

function trouble(subject: string, message: string): Finding {
  return { level: 'error', subject, message, cause: 'config' };
}
