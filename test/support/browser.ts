import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { unpackedChromium } from './unpacked-chromium.js';

/** Where people install a browser of this family by hand. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** No GPU, and nothing that a browser does of its own accord on a network. */
const FLAGS = ['--disable-gpu', '--disable-quic', '--no-first-run', '--no-pings', '--disable-sync'];

/**
 * Starts a browser without a window: the one that `HRSYNC_BROWSER` names, else the one that `npm ci` brought, so that a
 * bare machine needs nothing else and every machine tests the same; where that cannot run, the one that is installed.
 */
export async function startBrowser(): Promise<Browser> {
  const named = process.env['HRSYNC_BROWSER'];
  if (named !== undefined) return launch(named);
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { path, environment } = unpackedChromium();
    return launch(path, ['--no-zygote'], environment);
  }
  const installed = INSTALLED.find((path) => existsSync(path));
  if (installed === undefined) throw new Error('no browser found: name one of the Chromium family in HRSYNC_BROWSER');
  return launch(installed);
}

function launch(executablePath: string, flags: readonly string[] = [], env?: Record<string, string>): Promise<Browser> {
  // The pages are our own, and without its sandbox a browser starts in containers and for root as well.
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: [...FLAGS, ...flags],
    ...(env !== undefined && { env }),
  });
}
