import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { connect as openSocket } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { plainPerson } from '../support/people.js';
import { delivery, KOMBO_SECRET, SERVING, Server, TOKEN, within } from '../support/server.js';
import { rawAnswer } from '../support/sockets.js';

const MEGABYTE = 1_048_576;

/** Sends a head and then so many bytes, as far as the other side takes them; gives the status line and how far it came. */
function pour({ url }: Server, head: string, bytes: number): Promise<{ status: string; sent: number }> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = openSocket(Number(port), hostname);
    let answer = '';
    let sent = 0;
    const end = () => resolve({ status: answer.split('\r\n')[0] ?? '', sent });
    const piece = Buffer.alloc(MEGABYTE, 'x');
    const more = () => {
      for (let isOpen = true; isOpen && sent < bytes && socket.writable; sent += piece.length)
        isOpen = socket.write(piece);
    };
    socket.on('data', (text) => {
      answer += text.toString();
      socket.destroy();
    });
    socket.on('drain', more).on('error', end).on('close', end);
    socket.write(head);
    more();
  });
}

const signed = (text: string, secret = KOMBO_SECRET) => ({
  'X-Kombo-Signature': createHmac('sha256', secret).update(text).digest('base64url'),
});

describe.concurrent('the door of hrsync serve', () => {
  test('refuses a body of 100 MB, announced or not, without reading it to its end', async ({ connect }) => {
    const server = await Server.start(await connect({ config: SERVING }));
    const head = ['POST /webhooks/personio HTTP/1.1', 'Host: x', `Authorization: ${TOKEN}`];
    const size = 100 * MEGABYTE;
    for (const [header, before] of [
      [`Content-Length: ${size}`, ''],
      ['Transfer-Encoding: chunked', `${size.toString(16)}\r\n`],
    ] as const) {
      const { status, sent } = await pour(server, `${[...head, header].join('\r\n')}\r\n\r\n${before}`, size);
      expect([header, status]).toEqual([header, 'HTTP/1.1 413 Payload Too Large']);
      expect(sent).toBeLessThan(size / 2);
    }
    expect(await server.waiting()).toBe(0);
    await server.stop();
  });

  test('takes a body that comes in pieces of unknown number, with its good token or signature', async ({ connect }) => {
    const server = await Server.start(await connect({ config: SERVING }));
    const chunked = async (path: string, text: string, headers: readonly string[]) => {
      const pieces = (text.match(/.{1,20}/gs) ?? []).map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`);
      const head = [`POST ${path} HTTP/1.1`, 'Host: x', 'Connection: close', 'Transfer-Encoding: chunked', ...headers];
      const answer = await rawAnswer(server.url, `${head.join('\r\n')}\r\n\r\n${pieces.join('')}0\r\n\r\n`);
      return answer.split('\r\n')[0];
    };
    const event = JSON.stringify(delivery('person.updated', 1));
    const changed = JSON.stringify({ id: 'e1', type: 'data-changed' });
    const signature = `X-Kombo-Signature: ${signed(changed)['X-Kombo-Signature']}`;
    expect(await chunked('/webhooks/personio', event, [`Authorization: ${TOKEN}`])).toBe('HTTP/1.1 204 No Content');
    expect(await chunked('/webhooks/kombo', changed, [signature])).toBe('HTTP/1.1 204 No Content');
    expect(await chunked('/webhooks/kombo', `${changed} `, [signature])).toBe('HTTP/1.1 401 Unauthorized');
    expect(await server.waiting()).toBe(2);
    await server.stop();
  });

  test('takes a body that is sent again, with its good token or signature, for the event that it was', async ({
    connect,
  }) => {
    const connector = await connect({ config: SERVING });
    await connector.imported();
    const server = await Server.start(connector);
    const event = delivery('person.updated', plainPerson(connector.company).id);
    const text = JSON.stringify({
      id: 'e1',
      type: 'data-changed',
      data: { changed_models: [{ name: 'hris_employees' }] },
    });
    const both = async () => [
      await server.personio(event),
      await server.post('/webhooks/kombo', text, signed(text)),
      await server.waiting(),
    ];
    expect(await both()).toEqual([204, 204, 2]);
    expect(await both()).toEqual([204, 204, 2]);
    await within(15, async () => (await server.waiting()) === 0);
    expect(await both()).toEqual([204, 204, 0]);
    expect(await server.metrics()).toContain('hrsync_runs_total{command="webhook",exit_code="0"} 1\n');
    await server.stop();
  });

  test('opens once for a state, on a port that is free, with a certificate that is one', async ({ connect }) => {
    const connector = await connect({ config: SERVING });
    const server = await Server.start(connector);
    const serve = async (changes: object) => {
      await connector.configure({ document: { ...SERVING.document, serve: { port: 0, ...changes } } });
      const { code, stderr } = await connector.run(['serve']);
      return [code, stderr.replaceAll(/\s+/g, ' ')];
    };
    expect(await serve({})).toEqual([7, expect.stringMatching(/Another hrsync serve is using .*process \d+ since/)]);
    await server.kill();
    const taken = Number(new URL(connector.sandbox.learnamp.url).port);
    expect(await serve({ port: taken })).toEqual([2, expect.stringContaining(`port ${taken}: listen EADDRINUSE`)]);
    const tls = { cert_file: './hrsync.yaml', key_file: './none.pem' };
    expect(await serve({ tls })).toEqual([2, expect.stringContaining('serve.tls.cert_file is no PEM file')]);
    await writeFile(join(connector.folder, 'cert.pem'), '-----BEGIN CERTIFICATE-----\n');
    const cut = { ...tls, cert_file: './cert.pem' };
    expect(await serve({ tls: cut })).toEqual([
      2,
      expect.stringContaining('serve.tls.key_file cannot be read: ENOENT'),
    ]);
    const same = { cert_file: './cert.pem', key_file: './cert.pem' };
    expect(await serve({ tls: same })).toEqual([2, expect.stringContaining('do not fit together')]);
  });

  test('logs what it refuses without personal data, and no more than a line a minute of a kind', async ({
    connect,
  }) => {
    const connector = await connect({ config: SERVING });
    await connector.imported();
    const server = await Server.start(connector);
    const { id, email } = plainPerson(connector.company);
    const event = { ...delivery('person.updated', id), payload: { person: { id: '4711', email } } };
    const text = JSON.stringify({ id: 'e1', type: 'data-changed', by: email });
    const headers = { Authorization: TOKEN };
    for (let time = 0; time < 20; time += 1) {
      expect(await server.personio(event, `Bearer ${email}`)).toBe(401);
      expect(await server.post('/webhooks/kombo', text, signed(text, 'another secret'))).toBe(401);
      expect(await server.post('/webhooks/kombo', text, {})).toBe(401);
      expect(await server.post('/webhooks/personio', `${email}{`, headers)).toBe(400);
      expect(await server.post('/webhooks/personio', `${email}`.repeat(4_000), headers)).toBe(413);
      expect(await server.post(`/${email}`, text, {})).toBe(404);
      expect(await server.personio({ ...event, event_name: `made.up.${email}` })).toBe(204);
    }
    expect(await server.waiting()).toBe(0);
    server.running.child.kill('SIGTERM');
    const { code, stderr, stdout } = await server.running.ended;
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr.match(/refused a delivery .*/g)).toHaveLength(4);
    for (const held of [email ?? '', '4711', 'made.up', TOKEN, KOMBO_SECRET]) expect(stderr).not.toContain(held);
  });
});
