import { expect, it } from 'vitest';
import { isDatabaseAddress, LEASE_TIMES, shownPlace } from '../../../src/core/state-place.js';

const shown = (url: string) => shownPlace({ kind: 'database', url, connector: 'acme', lease: LEASE_TIMES });

it.each([
  ['postgres://user:pass@db.acme.example/hrsync', 'postgres://db.acme.example/hrsync'],
  ['postgresql://user:pass@db.acme.example:6432/hrsync?sslrootcert=/x', 'postgres://db.acme.example:6432/hrsync'],
  ['postgres://user:p@ss@db.acme.example/hrsync', 'postgres://db.acme.example/hrsync'],
  ['postgres://user@localhost/hrsync', 'postgres://localhost/hrsync'],
  ['postgres://user:pass@/hrsync?host=/run/postgresql&password=pass', 'postgres:///hrsync'],
  ['postgres://user:pass', 'postgres://…'],
  ['postgres://user:pa/ss@db.acme.example/hrsync', 'postgres://…'],
  ['postgres://user:12/ss@db.acme.example/hrsync', 'postgres://…'],
])('the address %s is shown without user, password and settings', (url, expected) => {
  expect(shown(url)).toBe(expected);
});

it('an address of a database is told from a path', () => {
  expect(['postgres://h/d', 'postgresql://h/d', 'POSTGRES://h/d'].every(isDatabaseAddress)).toBe(true);
  expect(['./postgres/acme.db', 'postgres.db', '/postgres:/a.db'].some(isDatabaseAddress)).toBe(false);
});

it('a file is shown by its path', () => {
  expect(shownPlace({ kind: 'file', file: '/srv/acme.db' })).toBe('/srv/acme.db');
});
