import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outsideOf } from '../../../src/config/outside.js';

const fixtures = new URL('../../fixtures/config/', import.meta.url).pathname;
const outside = outsideOf({ PATH: '/usr/bin:/bin', WORD: 'fr0m-env' }, fixtures);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hrsync-outside-'));
  await work(folder).finally(() => rm(folder, { recursive: true }));
}

describe('a file', () => {
  it('is found from the directory of the config, and its last line end is cut', async () => {
    expect(await outside.file('key.txt')).toEqual({ text: 'file-s3cret' });
  });

  it('that is not there is named as it was written', async () => {
    expect(await outside.file('none.txt')).toEqual({
      failure: 'needs the file none.txt, which cannot be read (ENOENT)',
    });
  });
});

describe('a file of a secret', () => {
  it.each([
    ['a byte order mark', '\uFEFFs3cret'],
    ['Windows line ends', 's3cret\r\n\r\n'],
    ['several line ends', 's3cret\n\n\n'],
    ['blanks at its ends', '  s3cret \t\n'],
  ])('is read without %s', async (_what, written) => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'key.txt'), written);
      expect(await outsideOf({}, folder).file('key.txt')).toEqual({ text: 's3cret' });
    });
  });

  it('that holds nothing is a failure', async () => {
    await inFolder(async (folder) => {
      await writeFile(join(folder, 'key.txt'), '\n');
      expect(await outsideOf({}, folder).file('key.txt')).toEqual({
        failure: 'needs the file key.txt, which is empty',
      });
    });
  });
});

describe('a command', () => {
  it('runs in a shell, in the directory and environment of the config', async () => {
    expect(await outside.command('echo " $(cat key.txt) $WORD "')).toEqual({ text: 'file-s3cret fr0m-env' });
  });

  it('that fails is told by its exit code alone', async () => {
    expect(await outside.command('echo s3cret; echo s3cret >&2; exit 7')).toEqual({
      failure: 'needs a command that failed with exit code 7',
    });
  });

  it('that is not installed is named, and nothing of what it was given', async () => {
    expect(await outside.command('no-such-program show s3cret')).toEqual({
      failure:
        'needs a command that was not found (exit code 127): is no-such-program installed and on the PATH? cron has a PATH of its own',
    });
  });

  it('that prints nothing is a failure', async () => {
    expect(await outside.command('true')).toEqual({ failure: 'needs a command that printed nothing' });
  });

  it('gets no input to wait for', async () => {
    expect(await outside.command('cat; echo done')).toEqual({ text: 'done' });
  });
});
