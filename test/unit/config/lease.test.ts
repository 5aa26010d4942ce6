import { describe, expect, it } from 'vitest';
import { config, parse, problemsIn } from './support.js';

const DATABASE = 'state: postgres://hrsync@localhost/hrsync';

describe('a state in PostgreSQL', () => {
  it('is kept under the name of the connector, with the times of its lease', async () => {
    const place = { kind: 'database', url: 'postgres://hrsync@localhost/hrsync', connector: 'acme' };
    const { state } = await parse(config({ rest: DATABASE }));
    expect(state).toEqual({ ...place, lease: { lasts: 30_000, grace: 45_000 } });
    const other = await parse(config({ rest: `${DATABASE}\nlease: { for: 2m, grace: 3m }` }));
    expect(other.state).toEqual({ ...place, lease: { lasts: 120_000, grace: 180_000 } });
  });

  it('has a secret password, also one that is written with percent signs', async () => {
    const { secrets, warnings } = await parse(
      config({ rest: 'state: postgres://hrsync:p%40ssword1@localhost/hrsync' }),
    );
    expect(secrets).toEqual(expect.arrayContaining(['p%40ssword1', 'p@ssword1']));
    expect(warnings.join()).toContain('state stands in the file in clear');
  });

  it('needs a grace that is longer than every time-out', async () => {
    const [problem = '', ...others] = await problemsIn(config({ rest: `${DATABASE}\nlease: { grace: 30s }` }));
    expect(problem).toContain('lease.grace: must be longer than source.timeout_seconds (30)');
    expect(others.join()).toContain('target.timeout_seconds (30)');
    expect(await problemsIn(config({ rest: `${DATABASE}\nlease: { grace: 31s }` }))).toEqual([]);
  });

  it.each([
    ['postgres://db.acme.example/hrsync', 'must name a user'],
    ['postgres://hrsync@db.acme.example/hrsync?sslmode=require', 'does not prove whom the password goes to'],
    ['postgres://hrsync@db.acme.example/hrsync?sslmode=disable', 'in clear'],
    ['postgres://hrsync@db.acme.example/hrsync?options=-c', 'sets options'],
    ['postgres://hrsync:100%@db.acme.example/hrsync', 'is not a URL'],
  ])('refuses the address %s', async (address, complaint) => {
    expect((await problemsIn(config({ rest: `state: ${address}` }))).join()).toContain(complaint);
  });

  it.each([
    'postgres://hrsync@db.acme.example/hrsync',
    'postgresql://hrsync:p%40ss@db.acme.example:6432/hrsync?sslmode=verify-full&sslrootcert=/etc/ssl/ca.pem',
    'postgres://hrsync@127.0.0.1/hrsync?sslmode=disable',
    'postgres://hrsync@localhost/hrsync?host=/run/postgresql',
  ])('takes the address %s', async (address) => {
    expect(await problemsIn(config({ rest: `state: ${address}` }))).toEqual([]);
  });

  it.each([
    ['for: 2s', 'at least 3s'],
    ['for: soon', 'must be a duration'],
    ['for: 30', 'lease.for'],
    ['until: 30s', 'until'],
  ])('refuses lease: { %s }', async (keys, complaint) => {
    expect((await problemsIn(config({ rest: `${DATABASE}\nlease: { ${keys} }` }))).join()).toContain(complaint);
  });

  it('has a lease, and a file has none', async () => {
    expect((await problemsIn(config({ rest: 'lease: { for: 30s }' }))).join()).toContain(
      'belongs to a state in PostgreSQL',
    );
  });
});
