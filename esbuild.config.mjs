import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

// `node esbuild.config.mjs` builds the command into dist/. `node esbuild.config.mjs bench` (or requests, soak) builds the
// measuring programs of that name into dist/bench as well.

const ROOT = fileURLToPath(new URL('.', import.meta.url));

const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  // What package.json lists under dependencies: a compiled binding, and an engine that is loaded only when it is needed.
  external: ['better-sqlite3', 're2js'],
  logLevel: 'warning',
  // Some bundled packages are CommonJS and call `require` for modules of Node.js.
  banner: {
    js: "import { createRequire as hrsyncRequire } from 'node:module'; const require = hrsyncRequire(import.meta.url);",
  },
};

/** Entry points of the measuring programs; each group is one bundle, so that no group changes what another measures. */
const PROGRAMS = {
  bench: ['run', 'plan-floor', 'plan-ours', 'first-ours', 'prepare'].map((name) => `test/bench/${name}.ts`),
  requests: ['test/bench/requests.ts'],
  soak: ['test/bench/soak/soak.ts'],
};

/** Builds the command into a folder, together with the licences of the packages in the bundle. */
export async function buildCommand(outdir) {
  await rm(outdir, { recursive: true, force: true });
  const { metafile } = await build({
    ...COMMON,
    entryPoints: ['src/cli/run.ts'],
    outdir,
    sourcemap: true,
    sourcesContent: false,
    metafile: true,
  });
  await writeFile(join(outdir, 'THIRD_PARTY_LICENSES.txt'), await noticesOf(packagesIn(metafile)));
}

/** Folders of the packages whose code is in the bundle. */
function packagesIn({ inputs, outputs }) {
  // Packages of which nothing was left in the bundle need no notice.
  const used = Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  const folders = used
    .filter((path) => path in inputs)
    .map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0])
    .filter((folder) => folder !== undefined);
  return [...new Set(folders)].sort().map((folder) => join(ROOT, folder));
}

async function noticesOf(folders) {
  const notices = await Promise.all(folders.map(noticeOf));
  return ['hrsync contains code of the following packages.', ...notices].join(`\n\n${'-'.repeat(80)}\n\n`);
}

async function noticeOf(folder) {
  const { name, version, license, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  if (texts.length === 0) {
    // Some packages keep the text in their README, others name their licence and their author only.
    const readme = await readFile(join(folder, 'README.md'), 'utf8').catch(() => '');
    const section = /^(?:#+ *Licen[cs]e|Licen[cs]e\n-+)\n(.*?Copyright.*)/ims.exec(readme)?.[1];
    texts.push(section ?? `Licence: ${license}. Copyright: ${author?.name ?? author}.`);
  }
  if (license === undefined) throw new Error(`${name} is bundled but names no licence`);
  return [`${name} ${version} (${license})`, ...texts.map((text) => text.trim())].join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildCommand(join(ROOT, 'dist'));
  const program = process.argv[2];
  if (program !== undefined) {
    await build({ ...COMMON, entryPoints: PROGRAMS[program], outdir: join(ROOT, 'dist/bench') });
  }
}
