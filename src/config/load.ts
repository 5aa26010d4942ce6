import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import { SOURCES } from '../sources/registry.js';
import { TARGETS } from '../targets/registry.js';
import type { Config } from './config.js';
import { outsideOf } from './outside.js';
import { type ConfigLook, lookAtText, type ParseOptions, parseConfig } from './parse.js';
import { trustIn } from './trust.js';

/** Where to look for the config, and what its references are resolved with. */
export interface LoadOptions {
  /** The file that is named. */
  readonly path: string | undefined;
  /** What names it; absent: `--config`. */
  readonly namedBy?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** A text to read as if it stood in a file, instead of looking for one. */
  readonly draft?: ConfigDraft | undefined;
  /** The adapters that a config may name; absent: those of this product. */
  readonly adapters?: Adapters | undefined;
}

/** Both registries. */
export type Adapters = Pick<ParseOptions, 'sources' | 'targets'>;

const ADAPTERS: Adapters = { sources: SOURCES, targets: TARGETS };

/** A config that is not written yet. */
export interface ConfigDraft {
  /** Absolute path of the file that it will stand in. */
  readonly file: string;
  readonly text: string;
  /** Variables that the environment lacks and somebody has typed; they are written nowhere. */
  readonly variables?: Readonly<Record<string, string>>;
}

const DEFAULT_FILE = 'hrsync.yaml';

/**
 * Finds and reads the config: `--config`, else what `HRSYNC_CONFIG` names, else `./hrsync.yaml`. Throws a
 * {@link UsageError} when there is no such file, and a `ConfigError` with every problem that it holds.
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { text, parsing } = await textOf(options);
  return parseConfig(text, parsing);
}

/** Finds and reads the config as {@link loadConfig} does, but runs none of its commands. */
export async function lookAtConfig(options: LoadOptions): Promise<ConfigLook> {
  const { text, parsing } = await textOf(options);
  return lookAtText(text, parsing);
}

async function textOf(options: LoadOptions): Promise<{ readonly text: string; readonly parsing: ParseOptions }> {
  const { draft, adapters = ADAPTERS } = options;
  const { file, text, readableByOthers } =
    draft === undefined ? await findConfig(options) : { ...draft, readableByOthers: false };
  const outside = outsideOf(options.environment, dirname(file));
  // A draft comes from this very process.
  const trust = draft === undefined ? { trust: trustIn(file) } : {};
  return { text, parsing: { file, readableByOthers, outside, ...adapters, ...trust } };
}

interface FoundConfig {
  readonly file: string;
  readonly text: string;
  readonly readableByOthers: boolean;
}

async function findConfig({ path, namedBy, environment, workingDirectory }: LoadOptions): Promise<FoundConfig> {
  const named = path ?? (environment['HRSYNC_CONFIG'] || undefined);
  const file = resolve(workingDirectory, named ?? DEFAULT_FILE);
  const found = await readIfThere(file);
  if (found !== null) return found;
  if (named !== undefined) {
    const origin = path === undefined ? 'HRSYNC_CONFIG' : (namedBy ?? '--config');
    throw new UsageError(`${origin} names ${file}, and there is no such file`);
  }
  throw new UsageError(
    `there is no ${DEFAULT_FILE} in ${workingDirectory}: name one with --config FILE or HRSYNC_CONFIG, or copy config.example.yaml to start from`,
  );
}

async function readIfThere(file: string): Promise<FoundConfig | null> {
  try {
    const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { file, text, readableByOthers: (mode & 0o077) !== 0 };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === 'ENOENT') return null;
    if (code === null) throw error;
    throw new UsageError(`${file} cannot be read (${code})`, { cause: error });
  }
}
