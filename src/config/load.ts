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

/** The adapters of this product. */
export const ADAPTERS: Adapters = { sources: SOURCES, targets: TARGETS };

/** A config that is not written yet. */
export interface ConfigDraft {
  /** Absolute path of the file that it will stand in. */
  readonly file: string;
  readonly text: string;
  /** Variables that the environment lacks and somebody has typed; they are written nowhere. */
  readonly variables?: Readonly<Record<string, string>>;
}

const CONFIG_FILE = { variable: 'HRSYNC_CONFIG', usual: 'hrsync.yaml' } as const;

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
    draft === undefined ? await findFile(options, CONFIG_FILE) : { ...draft, readableByOthers: false };
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

/** Finds a file of settings: the one that `--config` names, else the variable, else the usual one. */
export async function findFile(
  {
    path,
    namedBy,
    environment,
    workingDirectory,
  }: Pick<LoadOptions, 'path' | 'namedBy' | 'environment' | 'workingDirectory'>,
  { variable, usual }: { readonly variable: string; readonly usual: string },
): Promise<FoundConfig> {
  const named = path ?? (environment[variable] || undefined);
  const file = resolve(workingDirectory, named ?? usual);
  const found = await readIfThere(file);
  if (found !== null) return found;
  if (named !== undefined) {
    const origin = path === undefined ? variable : (namedBy ?? '--config');
    throw new UsageError(`${origin} names ${file}, and there is no such file`);
  }
  const start = usual === CONFIG_FILE.usual ? ', or copy config.example.yaml to start from' : '';
  throw new UsageError(
    `there is no ${usual} in ${workingDirectory}: name one with --config FILE or ${variable}${start}`,
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
