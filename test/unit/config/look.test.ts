import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/errors.js';
import { config, look } from './support.js';

const target = (key: string, value: string) => `target:
  type: learnamp
  base_url: https://lms.acme.example
  client_id: lms-client
  client_secret: \${LEARNAMP_SECRET}
  ${key}: ${value}`;

describe('a config that is only looked at', () => {
  it('runs no command, and names the keys that commands feed', async () => {
    const ran: string[] = [];
    const text = config({ source: `source: { type: personio, client_id: a, client_secret: "\${cmd:fetch hr}" }` });
    const { config: read, commands } = await look(text, { ran });
    expect(ran).toEqual([]);
    expect(commands).toEqual(['source.client_secret']);
    expect(read).toMatchObject({ name: 'acme', source: { settings: { client_id: 'a' } } });
  });

  it('is not known where a command feeds a key of a certain form', async () => {
    const look1 = await look(config({ target: target('requests_per_second', `\${cmd:pace}`) }));
    expect(look1).toEqual({ config: null, commands: ['target.requests_per_second'] });
  });

  it('tells every other problem all the same', async () => {
    const text = config({ target: target('requests_per_second', `\${cmd:pace}`), rest: 'employees: { filtre: [] }' });
    const error = await look(text).catch((reason: unknown) => reason);
    if (!(error instanceof ConfigError)) throw error;
    expect(error.problems.map(({ path, suggestion }) => [path, suggestion])).toEqual([['employees.filtre', 'filter']]);
  });

  it('refuses a command that another user may write', async () => {
    const text = config({ source: `source: { type: personio, client_id: a, client_secret: "\${cmd:fetch hr}" }` });
    const trust = { command: () => 'every user may write it', file: () => null };
    await expect(look(text, { trust })).rejects.toThrow('names a command, which is not run: every user may write it');
  });
});
