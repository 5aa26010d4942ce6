import { describe, expect, it } from 'vitest';
import { hasComeRound } from '../../../src/config/cron.js';
import { config, parse, problemsIn } from './support.js';

const ref = (name: string) => `$${'{'}${name}}`;
const mail = (smtp: string, more = '') =>
  config({
    rest: `notify:\n  mail:\n    smtp: ${smtp}\n    from: hrsync@acme.example\n    to: ops@acme.example\n${more}`,
  });
const smtpOf = async (smtp: string, variables = {}) =>
  (await parse(mail(smtp), { variables })).notify.mail?.smtp ?? null;

describe('the mail server', () => {
  it('is a URL: with TLS from the first byte, or before anything is sent, but for this machine', async () => {
    const common = { user: null, password: null, caFile: null, timeoutSeconds: 30 };
    const host = 'smtp.acme.example';
    expect(await smtpOf(`smtps://${host}`)).toEqual({ ...common, host, port: 465, tls: 'implicit' });
    expect(await smtpOf(`smtp://${host}`)).toEqual({ ...common, host, port: 587, tls: 'starttls' });
    expect(await smtpOf(`smtp://${host}:2525`)).toMatchObject({ port: 2525, tls: 'starttls' });
    expect(await smtpOf('smtp://127.0.0.1')).toMatchObject({ port: 25, tls: 'none' });
  });

  it('is an object whose relative path starts at the config', async () => {
    const smtp = `{ host: smtp.acme.example, user: hrsync, password: "${ref('MAIL')}", ca_file: ca.pem }`;
    const { notify, secrets, warnings } = await parse(mail(smtp), { variables: { MAIL: 'p@ss w/rd' } });
    expect(notify.mail?.smtp).toMatchObject({
      ...{ port: 587, user: 'hrsync', password: 'p@ss w/rd', tls: 'starttls', caFile: '/etc/hrsync/ca.pem' },
    });
    expect(secrets).toContain('p@ss w/rd');
    expect(warnings).toEqual([]);
  });

  it('has a password that is secret as it is written and as it is sent', async () => {
    const { secrets, notify } = await parse(mail('smtps://me%40acme:p%40ssw%2Frd@smtp.acme.example'));
    expect(notify.mail?.smtp).toMatchObject({ user: 'me@acme', password: 'p@ssw/rd' });
    expect(secrets).toEqual(expect.arrayContaining(['p%40ssw%2Frd', 'p@ssw/rd']));
  });

  it('gets no password without TLS, and no half of what it needs', async () => {
    const plain = '{ host: smtp.acme.example, user: a, password: secret-1, tls: none }';
    expect(await problemsIn(mail(plain))).toEqual([
      expect.stringContaining('notify.mail.smtp: must not send a password without TLS'),
    ]);
    expect(await problemsIn(mail('{ host: smtp.acme.example, user: a }'))).toEqual([
      expect.stringContaining('notify.mail.smtp: must have user and password, or neither'),
    ]);
    expect(await problemsIn(mail('https://smtp.acme.example'))).toEqual([expect.stringContaining('smtps://USER')]);
    expect(await problemsIn(mail('smtps://user@smtp.acme.example'))).toEqual([expect.stringContaining('or neither')]);
  });
});

describe('addresses', () => {
  it('may be one or a list, and the sender may have a name', async () => {
    const text = mail('smtps://smtp.acme.example', '  hr: { to: [hr@acme.example, it@acme.example] }');
    const { notify } = await parse(
      text.replace('from: hrsync@acme', 'from: HR sync <hrsync@acme').replace('example\n    to', 'example>\n    to'),
    );
    expect(notify.mail).toMatchObject({
      from: 'HR sync <hrsync@acme.example>',
      to: ['ops@acme.example'],
      on: 'failure',
    });
    expect(notify.hr?.to).toEqual(['hr@acme.example', 'it@acme.example']);
  });

  it.each([
    '"a@acme.example\\r\\nBcc: b@evil.example"',
    '"A\\nB <a@acme.example>"',
    'nobody',
    '"a@acme.example, b@c.example"',
  ])('that could add a header or a recipient are refused: %s', async (from) => {
    const problems = await problemsIn(mail('smtps://smtp.acme.example').replace('hrsync@acme.example', from));
    expect(problems).toEqual([expect.stringContaining('notify.mail.from: must be an e-mail address')]);
  });
});

describe("HR's list", () => {
  it('comes weekly, after changes, or by a cron expression, and needs a mail server', async () => {
    const on = async (when: string) =>
      (await parse(mail('smtps://smtp.acme.example', `  hr: { to: hr@acme.example${when} }`))).notify.hr?.on;
    expect(await on('')).toEqual({ cron: '0 0 * * 1' });
    expect(await on(', on: changes')).toBe('changes');
    expect(await on(', on: "0 6 1 * *"')).toEqual({ cron: '0 6 1 * *' });
    expect(await problemsIn(config({ rest: 'notify: { hr: { to: hr@acme.example } }' }))).toEqual([
      expect.stringContaining('notify.hr: needs notify.mail as well'),
    ]);
    const daily = mail('smtps://smtp.acme.example', '  hr: { to: hr@acme.example, on: daily }');
    expect(await problemsIn(daily)).toEqual([expect.stringContaining('must be weekly, changes, or a cron expression')]);
  });

  it('is due once the moment has come round in the zone of the connector', () => {
    const weekly = (since: string, now: string) =>
      hasComeRound('0 0 * * 1', 'Europe/Berlin', new Date(since), new Date(now));
    // Monday, 30 November 2026, begins at 23:00 UTC of the day before.
    expect(weekly('2026-11-27T02:00:00Z', '2026-11-29T22:59:59Z')).toBe(false);
    expect(weekly('2026-11-27T02:00:00Z', '2026-11-29T23:00:00Z')).toBe(true);
    expect(weekly('2026-11-30T02:00:00Z', '2026-12-06T02:00:00Z')).toBe(false);
  });
});
