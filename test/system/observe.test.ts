import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import { metricsText } from '../../src/cli/observe/metrics.js';
import { emptySummary } from '../../src/core/plan.js';
import { day, test } from '../support/connector.js';
import { hire, plainPerson } from '../support/people.js';

interface Heard {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly body: string;
}

/** Somebody who listens to notifications, and answers with a status in words that are no JSON. */
async function listener(status = 200) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      heard.push({ method: request.method, path: request.url, body });
      response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { heard, url: `http://127.0.0.1:${port}` };
}

describe('after a run', () => {
  test('webhook and heartbeat are told of it in counts, without names, as often as the config says', async ({
    connect,
  }) => {
    const { heard, url } = await listener();
    const connector = await connect({ people: 20 });
    const tell = (on: string) =>
      connector.configure({ document: { notify: { on, webhook: `${url}/hook`, heartbeat: `${url}/beat` } } });
    await tell('changes');
    const { summary } = await connector.imported();
    const post = heard.find(({ method }) => method === 'POST');
    expect(heard.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(['GET /beat', 'POST /hook']);
    expect(JSON.parse(post?.body ?? '')).toMatchObject({
      connector: 'acme',
      run: 1,
      exit_code: 0,
      summary: { create: summary.create },
    });
    for (const { firstName, lastName, email } of connector.company.people) {
      expect(post?.body).not.toContain(`${firstName} ${lastName}`);
      if (email !== null) expect(post?.body).not.toContain(email);
    }
    heard.length = 0;
    await connector.imported();
    await connector.run(['import-all', '--dry-run']);
    expect(heard.map(({ path }) => path)).toEqual(['/beat']);
    heard.length = 0;
    await tell('failure');
    connector.sandbox.personio.faults.add({ times: null, fault: { kind: 'status', status: 403 } });
    expect((await connector.run(['import-all'])).code).toBe(8);
    expect(heard.map(({ path }) => path)).toEqual(['/hook']);
    expect(JSON.parse(heard[0]?.body ?? '')).toMatchObject({ exit_code: 8, error: 'CredentialsError', summary: null });
  });

  test('a notification or a metrics file that fails is told on stderr, without its address, and changes nothing', async ({
    connect,
  }) => {
    const { url } = await listener(500);
    const connector = await connect({
      people: 20,
      config: { document: { notify: { on: 'always', webhook: `${url}/s3cret-path` } } },
    });
    const { code, stderr } = await connector.run(['import-all', '--quiet', '--metrics', 'no/such/folder.prom']);
    expect(code).toBe(0);
    expect(stderr).toMatch(/the webhook of notify answered 500; the run itself is not affected/);
    expect(stderr).toMatch(/--metrics no\/such\/folder\.prom cannot be written \(ENOENT\)/);
    expect(stderr).not.toContain('s3cret-path');
  });

  test('--metrics leaves a textfile for Prometheus, of failed runs too', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { summary } = await connector.imported('--metrics', 'hrsync.prom');
    const file = join(connector.folder, 'hrsync.prom');
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^hrsync_run_exit_code\{connector="acme"\} 0$/m);
    expect(text).toContain(`hrsync_run_people{connector="acme",kind="create"} ${summary.create}\n`);
    expect(
      text
        .split('\n')
        .filter((line) => line !== '' && !/^(# (HELP|TYPE) hrsync_\w+ .+|hrsync_\w+\{.+\} [\d.]+)$/.test(line)),
    ).toEqual([]);
    connector.sandbox.personio.faults.add({ times: null, fault: { kind: 'status', status: 403 } });
    expect((await connector.run(['import-all', '--metrics', 'hrsync.prom'])).code).toBe(8);
    expect(await readFile(file, 'utf8')).toMatch(/^hrsync_run_exit_code\{connector="acme"\} 8$/m);
  });

  test('--quiet leaves no output of a good night, and --log-format json one object a line', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    expect(await connector.run(['import-all', '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
    const ada = hire(connector, 'Ada', day(0));
    const { code, stderr } = await connector.run(['import-all', '--log-format', 'json']);
    expect(code).toBe(0);
    const events: readonly unknown[] = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toContainEqual(
      expect.objectContaining({ level: 'info', connector: 'acme', message: 'create done', employee: String(ada.id) }),
    );
    const broken = await connector.run(['import-all', '--log-format', 'json', '--json', '--only', 'nobody']);
    expect(JSON.parse(broken.stderr.split('\n')[0] ?? '')).toMatchObject({ level: 'error' });
  });

  test('--max-age does not count a run that safety refused', async ({ connect }) => {
    const connector = await connect({ people: 20, config: { safety: { max_creates: 3 } } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    expect((await connector.run(['status', '--max-age', '26h'])).code).toBe(4);
    await connector.configure({});
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    await connector.configure({ safety: { max_updates: 0 } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    expect((await connector.run(['status', '--max-age', '26h'])).code).toBe(0);
  });
});

describe('metrics', () => {
  test('escape what stands in a label', () => {
    const at = new Date('2026-11-24T02:00:00Z');
    const text = metricsText({
      connector: 'a"b\\c\nd',
      command: 'import-all',
      run: 1,
      startedAt: at,
      finishedAt: at,
      exitCode: 0,
      employees: 1,
      inScope: 1,
      summary: emptySummary(),
      endingsOverdue: 2,
      whole: true,
      alarm: null,
      error: null,
    });
    expect(text).toMatch(/^hrsync_endings_overdue\{.*\} 2$/m);
    expect(text).toContain('hrsync_employees{connector="a\\"b\\\\c\\nd"} 1\n');
  });
});
