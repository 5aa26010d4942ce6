import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { config, parse, problemsIn } from './support.js';

const ref = (body: string) => `$${'{'}${body}}`;
const source = (secret: string, more = '') => {
  return config({ source: `source:\n  type: personio\n  client_id: a\n  client_secret: ${secret}\n${more}` });
};

describe('secrets', () => {
  it('in clear work, with a warning that names the key alone', async () => {
    const { warnings, secrets } = await parse(source('in-clear-1'));
    expect(warnings).toMatchInlineSnapshot(`
      [
        "source.client_secret stands in the file in clear: write \${SOURCE_CLIENT_SECRET} there and set that variable",
      ]
    `);
    expect(secrets).toContain('in-clear-1');
  });

  it('in clear in a file that others can read bring a second warning', async () => {
    const { warnings } = await parse(source('in-clear-1'), { readableByOthers: true });
    expect(warnings[1]).toMatchInlineSnapshot(
      `"others can read /etc/hrsync/acme.yaml, which holds a secret in clear: chmod 600 /etc/hrsync/acme.yaml"`,
    );
  });

  it('from outside bring no warning, even in a file that others can read', async () => {
    const { warnings, secrets } = await parse(config(), { readableByOthers: true });
    expect(warnings).toEqual([]);
    expect(secrets.toSorted()).toEqual(['hr-s3cret', 'lms-s3cret']);
  });

  it('are in clear when they are a default', async () => {
    const { warnings } = await parse(source(ref('NOT_SET:-in-clear-1')));
    expect(warnings).toHaveLength(1);
  });

  it('are everything that files and commands brought, under any key', async () => {
    const text = config({ rest: `state: ${ref('file:path.txt')}` });
    const { secrets, warnings } = await parse(text, { files: { 'path.txt': '/srv/hidden.db' } });
    expect(secrets).toContain('/srv/hidden.db');
    expect(warnings).toEqual([]);
  });

  it("are a proxy's password", async () => {
    const { secrets, warnings } = await parse(
      source(ref('PERSONIO_SECRET'), '  proxy: http://me:pr0xy-pw@proxy.acme.example'),
    );
    expect(secrets).toContain('pr0xy-pw');
    expect(warnings).toMatchInlineSnapshot(`
      [
        "source.proxy stands in the file in clear: write \${SOURCE_PROXY} there and set that variable",
      ]
    `);
  });

  it.each([
    ['two\nlines', 'holds a line break'],
    [' s3cret-1', 'begins or ends with a blank or a line end'],
    ['s3cret-1\r\n', 'begins or ends with a blank or a line end'],
    ['s3cr\u200Bet-1', 'holds an invisible or broken letter'],
    ['s3cr\uFFFDt-1', 'holds an invisible or broken letter'],
    ['s3crét-1', 'holds a letter outside ASCII'],
  ])('that are damaged on their way (%j) are named, but not repeated', async (secret, trouble) => {
    const { warnings } = await parse(source(ref('DAMAGED')), { variables: { DAMAGED: secret } });
    expect(warnings).toEqual([`source.client_secret ${trouble}, which few secrets have: look at where it comes from`]);
  });

  it('that are keys of several lines are whole', async () => {
    const { warnings } = await parse(source(ref('file:key.pem')), {
      files: { 'key.pem': '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----' },
    });
    expect(warnings).toEqual([]);
  });

  it('in files that others can read or write are warned of, TLS keys included', async () => {
    const text = source(ref('file:key.txt')).concat('\nserve: { tls: { cert_file: a.pem, key_file: key.pem } }');
    const files = { 'key.txt': 'file-s3cret' };
    expect((await parse(text, { files, modes: { 'key.txt': 0o640, 'key.pem': 0o600 } })).warnings).toEqual([]);
    expect((await parse(text, { files, modes: { 'key.txt': 0o644, 'key.pem': 0o666 } })).warnings).toEqual([
      'others can read key.txt, which holds a secret: chmod 600 key.txt',
      'others can write key.pem, which holds a secret: chmod 600 key.pem',
    ]);
  });

  it('that stand in a custom field of the mapping are none', async () => {
    const { secrets } = await parse(config({ rest: '  custom_fields: { Token: employee_number }' }));
    expect(secrets).not.toContain('employee_number');
  });

  it('written against their key are not repeated', async () => {
    expect(
      await problemsIn(config({ source: 'source: { type: personio, client_secret:in-clear-1 }' })),
    ).toMatchInlineSnapshot(`
      [
        "4:1 source.client_id: is missing",
        "4:1 source.client_secret: is missing",
        "4:27 source.client_secret…: is not a key that is known here → client_secret",
      ]
    `);
  });

  it('occur in no error text, whatever is wrong with them', async () => {
    const secret = fc.stringMatching(/^[a-z0-9 "':{}[\],#&*!|>%@`$\\-]{12,30}$/);
    const place = fc.constantFrom(
      (text: string) => source(text),
      (text: string) => source(JSON.stringify(text), '  api: v3'),
      (text: string) => source(`[${JSON.stringify(text)}]`),
      (text: string) => config({ source: `source:\n  type: ${JSON.stringify(text)}` }),
      (text: string) => config({ target: `target:\n  type: learnamp\n  base_url: ${JSON.stringify(text)}` }),
      (text: string) => config({ rest: `match: [${JSON.stringify(text)}]\nemployees: ${JSON.stringify(text)}` }),
    );
    await fc.assert(
      fc.asyncProperty(secret, place, async (text, write) => {
        const problems = await problemsIn(write(text));
        expect(problems.join('\n')).not.toContain(text.trim());
      }),
      { numRuns: 150 },
    );
  });
});
