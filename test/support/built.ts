import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folder of the command under test: the one that `build.mjs` made for this test run, or the project for programs that measure. */
const BUILD = process.env['HRSYNC_BUILD'] ?? fileURLToPath(new URL('../../', import.meta.url));

/** Path of the program that users start. */
export const BIN = resolve(BUILD, 'bin/hrsync.js');

/** Folder of the bundle, ending with a slash. */
export const DIST = `${resolve(BUILD, 'dist')}/`;

/** Address of the module that `bin/hrsync.js` imports. */
export const DOOR = pathToFileURL(resolve(BUILD, 'dist/run.js')).href;
