import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SOURCES } from '../../src/sources/registry.js';
import { TARGETS } from '../../src/targets/registry.js';

/** One import or re-export: where it stands, what it names, and whether it is of types alone. */
interface Import {
  readonly from: string;
  /** A file of ours, relative to `src`, or the name of a package. */
  readonly to: string;
  readonly ours: boolean;
  readonly typeOnly: boolean;
}

const SOURCE = new URL('../../src/', import.meta.url);
const STATIC = /^\s*(?:import|export)\s+(type\s+)?(?:([\w$*{}\s,]+?)\s+from\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

const texts = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [path, readFileSync(new URL(path, SOURCE), 'utf8')]),
);
const imports = [...texts].flatMap(([from, text]) => importsOf(from, text));

function importsOf(from: string, text: string): Import[] {
  const statics = [...text.matchAll(STATIC)].map(([, type, names = '', to = '']) =>
    toImport(from, to, type !== undefined || namesTypesOnly(names)),
  );
  return [...statics, ...[...text.matchAll(DYNAMIC)].map(([, to = '']) => toImport(from, to, false))];
}

function namesTypesOnly(names: string): boolean {
  const list = /^\{(.*)\}$/s
    .exec(names.trim())?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return list?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
}

function toImport(from: string, to: string, typeOnly: boolean): Import {
  const ours = to.startsWith('.');
  const path = ours ? posix.join(posix.dirname(from), to).replace(/\.js$/, '.ts') : packageOf(to);
  return { from, to: path, ours, typeOnly };
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

const sentence = ({ from, to, typeOnly }: Import) => `${from} imports ${typeOnly ? 'types of ' : ''}${to}`;

/**
 * The first part of a path; the room of an adapter or a stand-in is its own folder, and what lies beside the folders of
 * adapters is the contract.
 */
function roomOf(path: string): string {
  const [room = '', folder, file] = path.split('/');
  if (folder === undefined) return GROUND.test(path) ? 'ground' : path;
  if (room === 'sandbox') {
    if (file !== undefined && !SHARED_BY_STAND_INS.test(folder)) return `sandbox/${folder}`;
    return folder === 'registry.ts' ? 'sandbox/registry' : room;
  }
  if (room !== 'sources' && room !== 'targets') return room;
  if (file !== undefined) return folder === 'kit' ? `${room} kit` : `${room}/${folder}`;
  return folder === 'registry.ts' ? `${room}/registry` : `${room} contract`;
}

const SHARED_BY_STAND_INS = /^(company|control|faults)$/;
const GROUND = /^(errors(-plan|-state)?|exit|pattern|version|scrub|credential-phrases|state-problem)\.ts$/;

/** What each room may import besides the ground floor: whole modules, and rooms of which the types alone. */
const RULES: Readonly<Record<string, { readonly modules: RegExp; readonly types: RegExp }>> = {
  ground: { modules: /^$/, types: /^$/ },
  core: { modules: /^$/, types: /^$/ },
  http: { modules: /^$/, types: /^core$/ },
  'sources contract': { modules: /^(core|http)$/, types: /^$/ },
  'targets contract': { modules: /^(core|http)$/, types: /^$/ },
  'sources kit': { modules: /^(sources contract|core|http)$/, types: /^$/ },
  'targets kit': { modules: /^(targets contract|core|http)$/, types: /^$/ },
  'sources/x': { modules: /^(sources (contract|kit)|core|http)$/, types: /^$/ },
  'targets/x': { modules: /^(targets (contract|kit)|core|http)$/, types: /^$/ },
  'sources/registry': { modules: /^(sources contract|sources\/.+)$/, types: /^$/ },
  'targets/registry': { modules: /^(targets contract|targets\/.+)$/, types: /^$/ },
  // The core is pure, so its functions may serve wherever its types do.
  store: { modules: /^core$/, types: /^$/ },
  report: { modules: /^core$/, types: /^$/ },
  sync: { modules: /^core$/, types: /^(sources contract|targets contract|store|report)$/ },
  config: { modules: /^(core|(sources|targets)\/registry)$/, types: /^(sources contract|targets contract)$/ },
  sandbox: { modules: /^(core|sandbox\/registry)$/, types: /^$/ },
  'sandbox/x': { modules: /^(core|sandbox)$/, types: /^$/ },
  'sandbox/registry': { modules: /^sandbox(\/.+)?$/, types: /^$/ },
  serve: { modules: /^core$/, types: /^(sources contract|store)$/ },
  cli: {
    modules:
      /^(config|core|http|report|sandbox(\/registry)?|serve|store|sync|(sources|targets)(\/registry| contract))$/,
    types: /^$/,
  },
};

/** Which errors become which advice is one table, and the errors are at home in two rooms below. */
const EXCEPTIONS = [/^report\/messages[\w-]*\.ts imports (types of )?(http\/errors|targets\/kit\/rejected)\.ts$/];

function ruleOf(room: string) {
  return RULES[room] ?? RULES[room.replace(/^(sources|targets|sandbox)\/.+$/, '$1/x')];
}

function breaksRule(one: Import): boolean {
  const [from, to] = [roomOf(one.from), roomOf(one.to)];
  if (!one.ours || from === to || to === 'ground' || EXCEPTIONS.some((exception) => exception.test(sentence(one))))
    return false;
  const rule = ruleOf(from);
  return !(rule?.modules.test(to) || (one.typeOnly && rule?.types.test(to)));
}

/** Where each package may be imported; one that is not listed has no door yet. */
const DOORS: Readonly<Record<string, RegExp>> = {
  '@commander-js/extra-typings': /^cli\//,
  '@date-fns/tz': /^core\/day\.ts$/,
  '@hono/node-server': /^(sandbox|serve)\//,
  croner: /^(config\/cron|serve\/timetable)\.ts$/,
  axios: /^http\//,
  'better-sqlite3': /^store\/sqlite\//,
  chalk: /^report\//,
  commander: /^cli\//,
  'csv-parse': /^sources\/csv\/table\.ts$/,
  'date-fns': /^core\/day\.ts$/,
  hono: /^(sandbox|serve)\//,
  'https-proxy-agent': /^http\//,
  leven: /^config\//,
  node: /^(?!core\/)/,
  nodemailer: /^cli\/observe\/send-mail\.ts$/,
  ora: /^report\//,
  pg: /^store\/postgres\/connection\.ts$/,
  re2js: /^pattern\.ts$/,
  'string-width': /^report\//,
  yaml: /^config\//,
  zod: /^(config\/|report\/saved-plan\/|serve\/|sources\/|targets\/|sandbox\/|http\/settings\.ts$)/,
};

/** The files that an import chain from a file comes back to, each circle once. */
function circles(): string[] {
  const ours = imports.filter((one) => one.ours);
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (path.includes(file) || done.has(file)) return;
    for (const { from, to } of ours) if (from === file) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of texts.keys()) walk(file, []);
  return found;
}

/** Names of adapters, as types and as titles: the folders, and what their definitions call themselves. */
async function adapterNames(): Promise<RegExp> {
  const definitions = await Promise.all([...Object.values(SOURCES), ...Object.values(TARGETS)].map((load) => load()));
  const folders = [...texts.keys()].flatMap((path) => /^(?:sources|targets|sandbox)\/([^/]+)\//.exec(path)?.[1] ?? []);
  const types = [...folders, ...Object.keys(SOURCES), ...Object.keys(TARGETS)];
  const names = [...types, ...definitions.map(({ title }) => title)].filter((name) => !NO_NAMES.test(name));
  // No identifier begins with a digit: learning360 stands for 360learning.
  const words = names.flatMap((name) => [name, name.replace(/^(\d+)(\D+)$/, '$2$1')]);
  return new RegExp([...new Set(words)].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'i');
}

/** Folders that hold no adapter, and csv, which is a form of our own reports (`--csv`) as well. */
const NO_NAMES = /^(kit|company|control|faults|csv\b.*)$/i;

/** Where an adapter may be named outside of its folders, and why. */
const NAMING: readonly (readonly [place: RegExp, reason: string])[] = [
  [/^(sources|targets|sandbox)\/registry\.ts$/, 'a registry: one line each'],
  [/^cli\/example-pair\.ts$/, 'the pair that the demo, the help and the sandbox take where nobody chose one'],
  [/^cli\/demo\//, 'the story that the demo tells of its pair'],
  [/^report\/messages-pages(-http)?\.ts$/, 'samples of messages on the error pages'],
  [/^sandbox\/index\.ts$/, 'shorter names that tests and the demo have for what two stand-ins hold'],
  [/^sandbox\/company\/organisation\.ts$/, 'an address of the made-up company, as an HR system makes it up'],
];

/** The lines of all files that hold something outside comments, as `file: line`. */
function linesWith(pattern: RegExp, allowed: RegExp): string[] {
  return [...texts].flatMap(([path, text]) => {
    const lines = text.replace(/\/\*.*?\*\//gs, '').split('\n');
    const hits = lines.map((line) => line.replace(/(^|\s)\/\/.*$/, '')).filter((line) => pattern.test(line));
    return allowed.test(path) ? [] : hits.map((line) => `${path}: ${line.trim()}`);
  });
}

describe('the house', () => {
  it('is read at all', () => {
    expect(texts.size).toBeGreaterThan(100);
    expect(imports.map(sentence)).toContain('core/day.ts imports date-fns');
    expect(imports.map(sentence)).toContain('core/match.ts imports types of core/account.ts');
    expect(imports.map(sentence)).toContain('cli/groups/nightly.ts imports cli/commands/import-all.ts');
  });

  it('has a rule for every room', () => {
    const rooms = new Set([...texts.keys()].map(roomOf));
    expect([...rooms].filter((room) => ruleOf(room) === undefined)).toEqual([]);
  });

  it('lets each room import what is below it and nothing else', () => {
    expect(imports.filter(breaksRule).map(sentence)).toEqual([]);
  });

  // It loads every adapter, which takes its time on a busy machine.
  it('names an adapter in its folders and in the registries, and elsewhere for a reason alone', {
    timeout: 180_000,
  }, async () => {
    const names = await adapterNames();
    expect('const learning360 = "Learn Amp" + \'personio\' // comment'.match(new RegExp(names, 'gi'))).toHaveLength(3);
    const lines = linesWith(names, /^(sources|targets|sandbox)\/(?!company|control|faults|kit)[^/]+\//);
    expect(lines.filter((line) => !NAMING.some(([place]) => place.test(line.split(': ')[0] ?? '')))).toEqual([]);
    const unused = NAMING.filter(([place]) => !lines.some((line) => place.test(line.split(': ')[0] ?? '')));
    expect(unused).toEqual([]);
  });

  it('imports files that exist', () => {
    expect(imports.filter(({ ours, to }) => ours && !texts.has(to)).map(sentence)).toEqual([]);
  });

  it('has no circles, not even of types', () => {
    expect(circles()).toEqual([]);
  });

  it('imports each package through its one door', () => {
    const strays = imports.filter(({ ours, from, to }) => !ours && DOORS[to]?.test(from) !== true);
    expect(strays.map(sentence)).toEqual([]);
  });

  it('knows what a state is kept in by two files alone', () => {
    const strays = imports.filter(
      ({ from, to }) =>
        (to.startsWith('store/sqlite/') && !/^store\/(sqlite\/|(open|move)\.ts)/.test(from)) ||
        (to.startsWith('store/postgres/') && !/^store\/(postgres\/|(open|move)\.ts)/.test(from)),
    );
    expect(strays.map(sentence)).toEqual([]);
  });

  it('never computes what it imports', () => {
    expect(linesWith(/\bimport\(\s*[^'"\s]|\brequire\(/, /^$/)).toEqual([]);
  });

  it('reads the environment in config alone', () => {
    expect(linesWith(/\bprocess(\.|\[['"])env\b|\benv\b[^=]*\}\s*=\s*process\b/, /^config\//)).toEqual([]);
  });

  it('prints through the reporter alone', () => {
    expect(linesWith(/\bconsole\b\s*[.[]/, /^$/)).toEqual([]);
  });

  it('keeps its files to 250 lines, contracts and tables to 400', () => {
    const tables = new Set([
      'store/store.ts',
      'store/sqlite/schema.ts',
      'store/postgres/schema.ts',
      'targets/target.ts',
      'sources/source.ts',
    ]);
    const lengths = [...texts].map(([path, text]) => [path, text.split('\n').length - 1] as const);
    // Over 200 lines a file may hold two ideas. That is worth a look and no failure.
    const longish = lengths.filter(([path, lines]) => lines > 200 && !tables.has(path));
    const list = longish.map(([path, lines]) => `${path} ${lines}`).join(', ');
    process.stdout.write(`Files over 200 lines, for information: ${longish.length}. ${list}\n`);
    expect(lengths.filter(([path, lines]) => lines > (tables.has(path) ? 400 : 250))).toEqual([]);
  });
});
