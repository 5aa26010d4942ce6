import { describe, expect, it } from 'vitest';
import { type Outside, resolveReferences } from '../../../src/config/references.js';
import { config, parse, problemsIn } from './support.js';

// The $ stands apart so that no linter takes these texts for templates.
const ref = (body: string) => `$${'{'}${body}}`;

const outside: Outside = {
  variable: (name) => ({ HOST: 'lms.acme.example', EMPTY: '' })[name],
  file: async (path) => ({ text: `[content of ${path}]` }),
  command: async (command) => ({ text: `[output of ${command}]` }),
};
const textOf = async (text: string) => (await resolveReferences(text, outside)).text;

describe('references', () => {
  it('are replaced inside a text', async () => {
    expect(await textOf(`https://${ref('HOST')}/v1`)).toBe('https://lms.acme.example/v1');
  });

  it('fall back to their default when the variable is unset or empty', async () => {
    expect(await textOf(`${ref('NONE:-a')} ${ref('EMPTY:-b')} ${ref('NONE:-')}|`)).toBe('a b |');
  });

  it('may stand in a default', async () => {
    expect(await textOf(ref(`NONE:-${ref('HOST')}`))).toBe('lms.acme.example');
  });

  it('take an empty variable as it is without a default', async () => {
    expect(await resolveReferences(ref('EMPTY'), outside)).toMatchObject({ text: '', failures: [] });
  });

  it('bring files and the output of commands, braces included', async () => {
    expect(await textOf(ref('file:/run/key'))).toBe('[content of /run/key]');
    expect(await textOf(ref("cmd:awk '{print $1}' key"))).toBe("[output of awk '{print $1}' key]");
  });

  it('are left alone after a doubled dollar sign', async () => {
    expect(await textOf(`a $${ref('HOST')} b ${ref('HOST')}`)).toBe(`a ${ref('HOST')} b lms.acme.example`);
  });

  it('are not looked for in what they bring', async () => {
    const nested: Outside = { ...outside, variable: () => ref('HOST') };
    expect((await resolveReferences(ref('ANY'), nested)).text).toBe(ref('HOST'));
  });
});

describe('a config', () => {
  const source = (secret: string) =>
    config({ source: `source:\n  type: personio\n  client_id: a\n  client_secret: ${secret}` });

  it('is refused once for each variable that is not set', async () => {
    expect(await problemsIn(source(ref('NOT_SET')))).toMatchInlineSnapshot(`
      [
        "7:18 source.client_secret: needs the environment variable NOT_SET, which is not set (cron has an environment of its own)",
      ]
    `);
  });

  it('is refused when a file or a command fails', async () => {
    expect(await problemsIn(source(ref('file:key.txt')))).toMatchInlineSnapshot(`
      [
        "7:18 source.client_secret: needs a file that is not there",
      ]
    `);
    expect(await problemsIn(source(`"${ref('cmd:pass show hr')}"`))).toMatchInlineSnapshot(`
      [
        "7:18 source.client_secret: needs a command that failed with exit code 7",
      ]
    `);
  });

  it('is refused when a reference is not closed or of no known form', async () => {
    expect(await problemsIn(source(`"${ref('a').slice(0, -1)}"`))).toMatchInlineSnapshot(`
      [
        "7:18 source.client_secret: holds \${ without a closing }; a plain \${ is written $\${",
      ]
    `);
    expect(await problemsIn(source(ref('not a name')))).toMatchInlineSnapshot(`
      [
        "7:18 source.client_secret: holds a reference that is none of \${NAME}, \${NAME:-default}, \${file:path}, \${cmd:command}",
      ]
    `);
  });

  it('takes numbers and booleans from references where it needs them', async () => {
    const variables = { DAYS: '5', EARLY: 'true' };
    const text = config({ rest: `invitations:\n  days_before: ${ref('DAYS')}\n  max_per_run: ${ref('MANY:-50')}` });
    const { invitations } = await parse(text.replace('learnamp\n', `learnamp\n  create_early: ${ref('EARLY')}\n`), {
      variables,
    });
    expect(invitations).toMatchObject({ daysBefore: 5, maxPerRun: 50, createEarly: true });
  });

  it('keeps a text of digits a text where it needs one', async () => {
    const { source: end } = await parse(source(ref('PIN')), { variables: { PIN: '0042' } });
    expect(end.settings).toMatchObject({ client_secret: '0042' });
  });

  it('says what it needs when a reference brings something else', async () => {
    const text = config({ rest: `invitations:\n  days_before: ${ref('DAYS:-soon')}` });
    expect(await problemsIn(text)).toMatchInlineSnapshot(`
      [
        "17:16 invitations.days_before: must be a number",
      ]
    `);
  });
});

describe('a command of a config', () => {
  const source = (secret: string, more = '') =>
    config({ source: `source:\n  type: personio\n  client_id: a\n  client_secret: "${secret}"\n${more}` });
  const pass = ref('cmd:pass show hr');
  const commands = { 'pass show hr': 'cmd-s3cret' };

  it('runs once, when the rest has proven to be a config', async () => {
    const ran: string[] = [];
    const { secrets } = await parse(source(pass), { commands, ran });
    expect(secrets).toContain('cmd-s3cret');
    expect(ran).toEqual(['pass show hr']);
  });

  it.each([
    ['a misspelt key', source(pass, '  clientid: b')],
    ['a value of another kind', source(pass, '  concurrency: many')],
    ['a variable that is not set', source(pass, `  proxy: ${ref('NOT_SET')}`)],
    ['a section that is missing', source(pass).replace(/mapping:.*/s, '')],
  ])('does not run beside %s', async (_what, text) => {
    const ran: string[] = [];
    expect(await problemsIn(text, { commands, ran })).toHaveLength(1);
    expect(ran).toEqual([]);
  });

  it('does not run where another user may write the config, and neither is a file used', async () => {
    const ran: string[] = [];
    const trust = { command: () => 'every user may write it: chmod go-w it', file: () => 'it belongs to another user' };
    expect(await problemsIn(source(pass), { commands, ran, trust })).toEqual([
      '7:18 source.client_secret: names a command, which is not run: every user may write it: chmod go-w it',
    ]);
    expect(await problemsIn(source(ref('file:key.txt')), { files: { 'key.txt': 'x' }, trust })).toEqual([
      '7:18 source.client_secret: names a file, which is not used: it belongs to another user',
    ]);
    expect(ran).toEqual([]);
  });
});
