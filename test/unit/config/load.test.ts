import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LoadOptions, loadConfig } from '../../../src/config/load.js';
import { ConfigError, UsageError } from '../../../src/errors.js';
import { config } from './support.js';

const MAPPING = 'mapping: { first_name: first_name, last_name: last_name, email: work_email }';
const fixtures = new URL('../../fixtures/config', import.meta.url).pathname;
const elsewhere = new URL('../../fixtures', import.meta.url).pathname;

/** Loads a file that no version of hrsync knows, and gives the error that it ends with. */
async function failure(options: Partial<LoadOptions>): Promise<unknown> {
  const defaults: LoadOptions = { path: undefined, environment: {}, workingDirectory: fixtures };
  return loadConfig({ ...defaults, ...options }).catch((error: unknown) => error);
}

async function fileUsed(options: Partial<LoadOptions>): Promise<string | undefined> {
  const error = await failure(options);
  return error instanceof ConfigError ? error.problems[0]?.file : undefined;
}

describe('the config file', () => {
  it('is the one that --config names, before any other', async () => {
    const environment = { HRSYNC_CONFIG: 'hrsync.yaml' };
    expect(await fileUsed({ path: 'other.yaml', environment })).toBe(`${fixtures}/other.yaml`);
  });

  it('is what HRSYNC_CONFIG names, before ./hrsync.yaml of any folder that one happens to stand in', async () => {
    expect(await fileUsed({ environment: { HRSYNC_CONFIG: 'other.yaml' } })).toBe(`${fixtures}/other.yaml`);
    expect(await failure({ environment: { HRSYNC_CONFIG: 'none.yaml' } })).toEqual(
      new UsageError(`HRSYNC_CONFIG names ${fixtures}/none.yaml, and there is no such file`),
    );
  });

  it('is ./hrsync.yaml where HRSYNC_CONFIG names none', async () => {
    expect(await fileUsed({ environment: { HRSYNC_CONFIG: '' } })).toBe(`${fixtures}/hrsync.yaml`);
    const environment = { HRSYNC_CONFIG: `${fixtures}/other.yaml` };
    expect(await fileUsed({ environment, workingDirectory: elsewhere })).toBe(`${fixtures}/other.yaml`);
  });

  it('that is nowhere is asked for in words', async () => {
    const error = await failure({ workingDirectory: elsewhere });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(
      'name one with --config FILE or HRSYNC_CONFIG, or copy config.example.yaml to start from',
    );
  });

  it('that --config names and that is not there is an error, even beside ./hrsync.yaml', async () => {
    expect(await failure({ path: 'none.yaml' })).toEqual(
      new UsageError(`--config names ${fixtures}/none.yaml, and there is no such file`),
    );
  });

  it('that is a directory is an error', async () => {
    expect(await failure({ path: '.' })).toEqual(new UsageError(`${fixtures} cannot be read (EISDIR)`));
  });
});

it('a file with a secret in clear is warned of while others can read it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'hrsync-config-'));
  try {
    const file = join(directory, 'hrsync.yaml');
    await writeFile(file, config({ mapping: MAPPING }).replace(/\$\{LEARNAMP_SECRET\}/, 'lms-s3cret'));
    const environment = { PERSONIO_SECRET: 'hr-s3cret' };
    const load = () => loadConfig({ path: undefined, environment, workingDirectory: directory });
    await chmod(file, 0o640);
    expect((await load()).warnings).toContain(
      `others can read ${file}, which holds a secret in clear: chmod 600 ${file}`,
    );
    await chmod(file, 0o600);
    expect((await load()).warnings).toHaveLength(1);
  } finally {
    await rm(directory, { recursive: true });
  }
});
