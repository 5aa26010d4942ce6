import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trustIn } from '../../../src/config/trust.js';

const STRANGER = 12_345;

describe('a config that names commands', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hrsync-trust-'));
    file = join(folder, 'hrsync.yaml');
    await writeFile(file, 'version: 1', { mode: 0o600 });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const reason = (command = 'pass show hr') => trustIn(file).command(command);

  it('is trusted where nobody but its owner may write it', async () => {
    expect(reason()).toBeNull();
    await chmod(file, 0o644);
    expect(reason()).toBeNull();
    expect(trustIn(file).file()).toBeNull();
  });

  it('is not trusted where others may write it, or put another file in its place', async () => {
    await chmod(file, 0o666);
    expect(reason()).toBe(`every user may write ${file}: chmod go-w ${file}`);
    await chmod(file, 0o660);
    expect(reason()).toBe(`its group may write ${file}: chmod go-w ${file}`);
    await chmod(file, 0o600);
    await chmod(folder, 0o777);
    expect(reason()).toBe(`every user may write ${folder}: chmod go-w ${folder}`);
    await chmod(folder, 0o1777);
    expect(reason()).toBeNull();
  });

  it('is looked at where it really stands', async () => {
    const elsewhere = join(folder, 'open');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'real.yaml'), 'version: 1');
    await chmod(elsewhere, 0o777);
    await rm(file);
    await symlink(join(elsewhere, 'real.yaml'), file);
    expect(reason()).toBe(`every user may write ${elsewhere}: chmod go-w ${elsewhere}`);
  });

  it('names no script that others may write', async () => {
    await writeFile(join(folder, 'fetch'), '#!/bin/sh');
    await chmod(join(folder, 'fetch'), 0o777);
    expect(reason('./fetch hr')).toBe(`every user may write ${folder}/fetch: chmod go-w ${folder}/fetch`);
    expect(reason('./none hr')).toBeNull();
  });

  it.runIf(process.geteuid?.() === 0)(
    'is not trusted where it belongs to another user, its files neither',
    async () => {
      await chown(file, STRANGER, STRANGER);
      const words = `${file} belongs to another user (id ${STRANGER}): if you trust it, make it yours with chown`;
      expect(reason()).toBe(words);
      expect(trustIn(file).file()).toBe(words);
      await chown(file, 0, 0);
      await chown(folder, STRANGER, STRANGER);
      expect(reason()).toContain(`${folder} belongs to another user`);
    },
  );
});
