import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { selfSign } from '../contract/http/certificate.js';
import { day, test } from '../support/connector.js';
import { partOf, startMailbox } from '../support/mailbox.js';
import { plainPeople, plainPerson } from '../support/people.js';

/** A config that mails to operators through a server on loopback. */
function mailing(
  port: number,
  more: Readonly<Record<string, unknown>> = {},
  mail: Readonly<Record<string, unknown>> = {},
) {
  const smtp = `smtp://127.0.0.1:${port}`;
  const digest = { smtp, from: 'hrsync <hrsync@acme.example>', to: ['ops@acme.example'], ...mail };
  return { document: { notify: { mail: digest, ...more } } };
}

describe('the mail to operators', () => {
  test('comes after failures alone unless the config says otherwise, and names the people of each cause', async ({
    connect,
  }) => {
    const { port, mails } = await startMailbox();
    const connector = await connect({ people: 20, config: mailing(port) });
    await connector.imported();
    expect(mails).toEqual([]);
    const failing = plainPerson(connector.company);
    connector.lms.add({ email: 'taken@acme.example', firstName: 'Out', lastName: 'Sider' }, 'confirmed');
    connector.hr.apply({ kind: 'change_email', person: failing.id, to: 'taken@acme.example' });
    expect((await connector.run(['import-all'])).code).toBe(4);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({
      from: 'hrsync@acme.example',
      to: ['ops@acme.example'],
      subject: '[hrsync acme] 1 failed (exit code 4)',
    });
    for (const part of ['text/plain', 'text/html'].map((type) => partOf(mails[0], type))) {
      expect(part).toMatch(/Exit code 4:\spartial: some changes failed/);
      expect(part).toMatch(/1 change: /);
      expect(part).toContain(`#${failing.id}`);
      expect(part).toContain('hrsync status');
      expect(part).toContain('hrsync runs 2');
    }
    await connector.run(['import-all', '--dry-run']);
    expect(mails).toHaveLength(1);
  });

  test('brings a refusal with its figures, the first people and the exact line that allows it', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const config = { ...mailing(port), safety: { max_creates: 3 } };
    const connector = await connect({ people: 20, config });
    expect((await connector.run(['import-all'])).code).toBe(5);
    const text = partOf(mails[0], 'text/plain');
    const [, planned] = /(\d+) accounts would be created; at most 3/.exec(text) ?? [];
    expect(text).toContain(`\n    hrsync import-all --allow create=${planned}\n`);
    expect(text.match(/^- .*@acme\.example> #\d+$/gm)).toHaveLength(5);
    expect(partOf(mails[0], 'text/html')).toContain(`>hrsync import-all --allow create=${planned}</pre>`);
    expect(mails[0]?.subject).toBe('[hrsync acme] refused by safety (exit code 5)');
  });

  test('is sent for a run that ended with an error, and tells overdue endings first', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const connector = await connect({ people: 20, config: mailing(port) });
    await connector.imported();
    const leaver = plainPerson(connector.company);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    const fault = { kind: 'status', status: 422, body: { error: 'the account is locked' } } as const;
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.deactivate' }, times: null, fault });
    expect((await connector.run(['import-all'])).code).toBe(4);
    const [mail] = mails;
    expect(mail?.subject).toMatch(/^\[hrsync acme\] ALARM: 1 ending overdue; /);
    const text = partOf(mail, 'text/plain');
    expect(text).toMatch(new RegExp(`!! 1 account is open that should have ended\\.\\n\\n- .*#${leaver.id}: since`));
    expect(text.indexOf('should have ended')).toBeLessThan(text.indexOf('Failed'));
    connector.sandbox.personio.faults.add({ times: null, fault: { kind: 'status', status: 403 } });
    expect((await connector.run(['import-all'])).code).toBe(8);
    expect(partOf(mails[1], 'text/plain')).toMatch(/What went wrong.*hrsync check\n/s);
  });

  test('that cannot be sent changes no exit code, and is told on stderr, in status and in runs', async ({
    connect,
  }) => {
    const { port, mails } = await startMailbox({
      authOptional: false,
      onAuth: (_auth, _session, done) => done(new Error('no such user: mail-secret-6Rt2')),
    });
    const connector = await connect({ people: 20 });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
    const smtp = { host: '127.0.0.1', port, user: 'hrsync', password: '${MAIL_SECRET}' };
    await connector.configure(mailing(port, {}, { smtp, on: 'always' }));
    const env = { MAIL_SECRET: 'mail-secret-6Rt2' };
    const { code, stderr } = await connector.run(['import-all', '--quiet'], env);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /the mail to operators .* was not sent: the mail server does not accept user and password \(EAUTH 535\)/,
    );
    expect((await connector.run(['status'], env)).stdout).toMatch(/Mail +the mail to operators/);
    expect((await connector.run(['runs', '1'], env)).stdout).toContain('was not sent');
    expect(mails).toEqual([]);
  });

  test('goes nowhere without TLS unless the server is this machine or the config says so', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const connector = await connect({ people: 20 });
    const smtp = { host: '127.0.0.1', port, tls: 'starttls' };
    await connector.configure(mailing(port, {}, { smtp, on: 'always' }));
    const { code, stderr } = await connector.run(['import-all', '--quiet']);
    expect(code).toBe(0);
    expect(stderr).toContain('was not sent: the mail server offers no TLS');
    expect(mails).toEqual([]);
  });

  test('is encrypted, and goes to no server whose certificate is not trusted', async ({ connect }) => {
    const { key, certificate } = selfSign(new Date());
    const { port, mails } = await startMailbox({ key, cert: certificate });
    const connector = await connect({ people: 20 });
    await writeFile(join(connector.folder, 'ca.pem'), certificate);
    const smtp = { host: 'localhost', port, tls: 'starttls' };
    await connector.configure(mailing(port, {}, { smtp, on: 'always' }));
    expect((await connector.run(['import-all', '--quiet'])).stderr).toMatch(
      /was not sent: .*certificate is not trusted/,
    );
    expect(mails).toEqual([]);
    await connector.configure(mailing(port, {}, { smtp: { ...smtp, ca_file: './ca.pem' }, on: 'always' }));
    expect(await connector.run(['import-all', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(mails).toMatchObject([{ isEncrypted: true, to: ['ops@acme.example'] }]);
  });

  test('holds no header, no tag and no link that a name or an answer brings along', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const connector = await connect({ people: 20, config: { ...mailing(port), safety: { max_creates: 0 } } });
    const firstName = 'Eve\r\nBcc: all@evil.example <a href="https://evil.example">';
    const email = 'eve@acme.example';
    const hostile = connector.hr.apply({ kind: 'hire', firstName, lastName: 'www.evil.example', email, on: day(0) });
    expect((await connector.run(['import-all', '--only', email])).code).toBe(5);
    const [mail] = mails;
    expect(mail?.to).toEqual(['ops@acme.example']);
    expect(mail?.headers.filter((line) => /^(bcc|cc|to):/i.test(line))).toEqual(['To: ops@acme.example']);
    expect(partOf(mail, 'text/html')).not.toMatch(/<a\b|href=(?!&)|https?:\/\//);
    expect(partOf(mail, 'text/plain')).not.toMatch(/https?:\/\/|all@evil\.example|^Bcc/m);
    expect(partOf(mail, 'text/plain')).toContain(`<${email}> #${hostile?.id}`);
  });
});

describe('failures of many changes', () => {
  const refused = { kind: 'status', status: 422, body: { error: 'job title is invalid' } } as const;

  test('are told of at once, then stop everything but endings', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const safety = { max_failures: { tell: 1, stop: 3 } };
    const connector = await connect({ people: 40, config: { ...mailing(port), safety } });
    await connector.imported();
    const [leaver, ...others] = plainPeople(connector.company);
    if (leaver === undefined) throw new RangeError('nobody can leave');
    const promoted = others.slice(0, 12);
    for (const { id } of promoted) connector.hr.apply({ kind: 'promote', person: id, to: `Lead ${id}` });
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.update' }, times: null, fault: refused });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/2 of 2 changes failed so far, more than safety\.max_failures allows/);
    expect(stderr).toContain('error=FailuresError');
    expect(connector.account(leaver).status).toBe('deactivated');
    const { counts } = JSON.parse((await connector.run(['runs', '2', '--json'])).stdout).run;
    expect(counts.failed).toBeGreaterThan(3);
    expect(counts.failed).toBeLessThan(promoted.length);
    expect(mails[0]?.subject).toMatch(/^\[hrsync acme\] ALARM: many failures; \d+ failed/);
    const text = partOf(mails[0], 'text/plain');
    expect(text).toMatch(/!! 2 of 2 changes failed so far/);
    expect(text).toMatch(/What went wrong\n-+\n\n\d+ of the first \d+ changes failed/);
  });
});

describe("HR's list of corrections", () => {
  test('comes with what is new since the last one, in plain words, and as a spreadsheet', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const hr = { to: ['hr@acme.example'], on: 'changes' };
    const connector = await connect({ people: 20, config: mailing(port, { hr }) });
    await connector.imported();
    mails.length = 0;
    const [mailless, kept] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
    const address = mailless.email;
    connector.hr.apply({ kind: 'change_email', person: mailless.id, to: null });
    await connector.imported();
    const [first] = mails;
    expect(first).toMatchObject({ to: ['hr@acme.example'], from: 'hrsync@acme.example' });
    expect(first?.subject).toMatch(/^\[acme\] To correct in Personio: 1 new entry, \d+ in all$/);
    for (const type of ['text/plain', 'text/html']) {
      const part = partOf(first, type);
      expect(part).toMatch(/No e-mail address \(1\)\.\sEnter a work e-mail address\./);
      expect(part).toMatch(new RegExp(`#${mailless.id}: work email is\\sempty`));
      expect(part).not.toMatch(/--\w|hrsync \w|\w_\w/);
    }
    const row = new RegExp(`^No e-mail address,Enter a work e-mail address\\.,${mailless.id},.*,yes$`, 'm');
    expect(partOf(first, 'text/csv')).toMatch(row);
    mails.length = 0;
    await connector.imported();
    expect(mails).toEqual([]);
    connector.hr.apply({ kind: 'change_manager', person: kept.id, to: mailless.id });
    connector.hr.apply({ kind: 'change_manager', person: mailless.id, to: kept.id });
    connector.hr.apply({ kind: 'change_email', person: mailless.id, to: address });
    await connector.imported();
    const text = partOf(mails[0], 'text/plain');
    expect(text).toMatch(/New: 1\n-+\n\nPeople who report to each other in a circle \(1\)/);
    expect(text).not.toContain('No e-mail address');
  });

  test('that cannot be sent comes with the next run, and status writes the same list', async ({ connect }) => {
    const { port, mails } = await startMailbox();
    const connector = await connect({ people: 20 });
    await connector.imported();
    const mailless = plainPerson(connector.company);
    connector.hr.apply({ kind: 'change_email', person: mailless.id, to: null });
    const hr = { to: ['hr@acme.example'], on: 'weekly' };
    await connector.configure(mailing(port, { hr }, { smtp: { host: '127.0.0.1', port, tls: 'starttls' } }));
    const failed = await connector.run(['import-all']);
    expect(failed.code).toBe(0);
    expect(failed.stderr).toContain("HR's list of corrections (notify.hr) was not sent: the mail server offers no TLS");
    expect((await connector.run(['status', '--corrections', 'hr.csv'])).code).toBe(0);
    const list = await readFile(join(connector.folder, 'hr.csv'), 'utf8');
    expect(list).toMatch(new RegExp(`^No e-mail address,.*,${mailless.id},.*,yes\r$`, 'm'));
    await connector.configure(mailing(port, { hr }));
    await connector.imported();
    expect(mails.map(({ to }) => to)).toEqual([['hr@acme.example']]);
    expect(await readFile(join(connector.folder, 'hr.csv'), 'utf8')).toBe(list);
    await connector.imported();
    expect(mails).toHaveLength(1);
    expect((await connector.run(['status', '--corrections', 'state/acme.db'])).code).toBe(2);
  });
});

describe('hrsync check with notify.mail', () => {
  const mailSection = (stdout: string) => /^Mail\n(.*)$/m.exec(stdout)?.[1];

  test('tries the mail server, login included, and sends no mail', async ({ connect }) => {
    const logins: (string | undefined)[] = [];
    const { port, mails } = await startMailbox({
      authOptional: false,
      onAuth({ username, password }, _, done) {
        logins.push(username);
        if (password === 'right') done(null, { user: username });
        else done(new Error('no'));
      },
    });
    const login = (password: string) => mailing(port, {}, { smtp: `smtp://ops:${password}@127.0.0.1:${port}` });
    const connector = await connect({ people: 10, config: login('right') });
    const good = await connector.run(['check']);
    expect(good.code, good.stdout).toBe(0);
    expect(mailSection(good.stdout)).toMatch(/✓.*answers and accepts the login; no mail was sent/);
    await connector.configure(login('wrong'));
    const bad = await connector.run(['check']);
    expect(bad.code, bad.stdout).toBe(8);
    expect(mailSection(bad.stdout)).toMatch(/✗.*does not accept user and password/);
    expect(logins).toContain('ops');
    expect(mails).toEqual([]);
  });

  test('names a mail server that does not answer', async ({ connect }) => {
    const connector = await connect({ people: 10, config: mailing(1) });
    const { code, stdout } = await connector.run(['check']);
    expect(code, stdout).toBe(1);
    expect(mailSection(stdout)).toMatch(/✗.*127\.0\.0\.1:1: the mail server could not be reached/);
  });
});
