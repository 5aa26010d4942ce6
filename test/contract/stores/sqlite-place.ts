import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../../src/store/open.js';
import type { ConnectorIdentity, Store } from '../../../src/store/store.js';
import { AT } from './made-up.js';
import type { Place } from './store-contract.js';

export const IDENTITY: ConnectorIdentity = {
  name: 'acme',
  source: 'personio api.personio.de',
  target: 'learnamp api.learnamp.com',
};

/** A folder of its own for a state file, which is not there yet. */
export interface SqlitePlace extends Place {
  readonly folder: string;
  readonly file: string;
}

export async function makeSqlitePlace(): Promise<SqlitePlace> {
  const root = mkdtempSync(join(tmpdir(), 'hrsync-store-'));
  const folder = join(root, 'state');
  const file = join(folder, 'acme.db');
  return {
    folder,
    file,
    open: (mode = 'write') => openState(file, mode),
    clear: async () => rmSync(root, { recursive: true }),
  };
}

export function openState(
  file: string,
  mode: 'read' | 'write' | 'rehearse',
  identity = IDENTITY,
  anySource = false,
): Promise<Store> {
  return openStore({ place: { kind: 'file', file }, identity, mode, now: () => new Date(AT), anySource });
}
