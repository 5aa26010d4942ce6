import { describe, expect, it } from 'vitest';
import { outsideOf } from '../../../src/config/outside.js';

const fixtures = new URL('../../fixtures/config/', import.meta.url).pathname;
const outside = outsideOf({ PATH: '/usr/bin:/bin', WORD: 'fr0m-env' }, fixtures);

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

describe('a command', () => {
  it('runs in a shell, in the directory and environment of the config', async () => {
    expect(await outside.command('echo " $(cat key.txt) $WORD "')).toEqual({ text: 'file-s3cret fr0m-env' });
  });

  it('that fails is told by its exit code alone', async () => {
    expect(await outside.command('echo s3cret; echo s3cret >&2; exit 7')).toEqual({
      failure: 'needs a command that failed with exit code 7',
    });
  });

  it('that prints nothing is a failure', async () => {
    expect(await outside.command('true')).toEqual({ failure: 'needs a command that printed nothing' });
  });

  it('gets no input to wait for', async () => {
    expect(await outside.command('cat; echo done')).toEqual({ text: 'done' });
  });
});
