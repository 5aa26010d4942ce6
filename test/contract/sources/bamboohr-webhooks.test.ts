import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PermissionError, UsageError } from '../../../src/errors.js';
import { hmacSha256 } from '../../../src/http/proof.js';
import { bamboohrEvents } from '../../../src/sources/bamboohr/events.js';
import { bamboohr } from '../../../src/sources/bamboohr/index.js';
import { plainPerson } from '../../support/people.js';
import { type BamboohrStage, stageBamboohr } from './bamboohr-stage.js';
import { testWorld } from './stage.js';

const KEY = 'a-private-key-of-a-webhook';
const { proof, read, settings } = bamboohrEvents;

interface Received {
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A delivery as BambooHR signs it. */
function signed(body: object, { key = KEY, at = new Date(), separator = '' } = {}): Received {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const text = JSON.stringify(body);
  const signature = hmacSha256([text, separator, timestamp], key, 'hex');
  const headers = new Headers({ 'X-BambooHR-Timestamp': timestamp, 'X-BambooHR-Signature': signature });
  return { headers, body: new TextEncoder().encode(text) };
}

const holds = (delivery: Received, private_key: string | string[] = KEY, now = new Date()) =>
  proof.by === 'body' && proof.holds({ ...delivery, now }, settings.parse({ private_key }));

const updated = {
  ...{ type: 'employee.updated', timestamp: '2026-12-01T08:00:00+00:00' },
  data: { companyId: '1', employeeId: '1007', changedFields: ['jobTitle'] },
};

describe('a delivery of BambooHR', () => {
  it('is proven by a signature over its body followed by its timestamp', () => {
    expect(holds(signed(updated))).toBe(true);
    expect(holds(signed(updated, { separator: '.' }))).toBe(false);
    expect(holds(signed(updated, { key: 'another' }))).toBe(false);
    expect(holds({ ...signed(updated), body: new TextEncoder().encode('{}') })).toBe(false);
    expect(holds({ ...signed(updated), headers: new Headers() })).toBe(false);
  });

  it('is proven by any of several keys, for each webhook has its own', () => {
    expect(holds(signed(updated), ['other-key', KEY])).toBe(true);
    expect(holds(signed(updated), ['other-key', 'third-key'])).toBe(false);
    expect(settings.safeParse({ private_key: [] }).success).toBe(false);
  });

  it.each([-301, 301])('is refused %i seconds away from our clock, however well it is signed', (seconds) => {
    const delivery = signed(updated, { at: new Date(Date.now() + seconds * 1_000) });
    expect(holds(delivery)).toBe(false);
    expect(holds(signed(updated, { at: new Date(Date.now() + Math.sign(seconds) * 290_000) }))).toBe(true);
  });

  it('says whom it is about, by the same key each time it comes', () => {
    const [event] = read(updated, { private_key: KEY });
    expect(event).toMatchObject({
      kind: 'person',
      employeeId: '1007',
      key: expect.stringMatching(/^bamboohr \S{43}$/),
    });
    expect(read({ ...updated, data: { ...updated.data } }, { private_key: KEY })).toEqual([event]);
    const later = read({ ...updated, timestamp: '2026-12-01T08:00:01+00:00' }, { private_key: KEY });
    expect(later).not.toEqual([event]);
  });

  it('ends nobody by a deletion', () => {
    const deleted = { ...updated, type: 'employee.deleted' };
    expect(read(deleted, { private_key: KEY })).toMatchObject([{ kind: 'person', employeeId: '1007' }]);
  });

  it('may be of the older family, which names several people', () => {
    const employees = ['1', '2'].map((id) => ({
      id,
      action: 'Updated',
      changedFields: ['email'],
      fields: {},
      timestamp: 'x',
    }));
    expect(read({ employees }, { private_key: KEY })).toMatchObject([{ employeeId: '1' }, { employeeId: '2' }]);
  });

  it('says that somebody changed where it does not say who, and nothing of other kinds', () => {
    expect(read({ ...updated, data: {} }, { private_key: KEY })).toMatchObject([{ kind: 'changed', employeeId: null }]);
    expect(read({ ...updated, type: 'time_off.updated' }, { private_key: KEY })).toEqual([]);
    expect(read({ hello: 'world' }, { private_key: KEY })).toBe('malformed');
    expect(read(null, { private_key: KEY })).toBe('malformed');
  });
});

describe("BambooHR's subscriptions", () => {
  let stage: BamboohrStage;
  let received: Received[];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: new Headers(request.headers as Record<string, string>), body: Buffer.concat(chunks) });
      response.writeHead(204).end();
    });
  });
  let url: string;
  beforeEach(async () => {
    received = [];
    stage = await stageBamboohr(40);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/bamboohr`;
  });
  afterEach(async () => {
    await stage.stop();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const admin = () => {
    const given = { ...stage.system.access, base_url: stage.system.url, requests_per_second: 10_000 };
    const opened = bamboohr.webhooks?.(bamboohr.settings.parse(given), testWorld);
    if (opened === undefined) throw new Error('BambooHR has subscriptions');
    return opened;
  };

  it('show the key once, and their deliveries are signed with it', async () => {
    const made = await admin().register(url, undefined);
    expect(made).toMatchObject({ url, events: ['employee.created', 'employee.updated', 'employee.deleted'] });
    expect(made.secret).toMatchObject({ setting: 'private_key', value: expect.stringMatching(/.{16}/) });
    const person = plainPerson(stage.company);
    stage.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    await expect.poll(() => received.length).toBeGreaterThan(0);
    const [delivery] = received;
    if (delivery === undefined) throw new Error('nothing came');
    expect(holds(delivery, made.secret?.value ?? '')).toBe(true);
    const events = read(JSON.parse(new TextDecoder().decode(delivery.body)), { private_key: '' });
    expect(events).toMatchObject([{ kind: 'person', employeeId: String(person.id) }]);
  });

  it('are replaced where the address is known, and keep their key', async () => {
    const first = await admin().register(url, undefined);
    const second = await admin().register(url, undefined);
    expect([second.id, second.secret]).toEqual([first.id, undefined]);
    expect(await admin().list()).toHaveLength(1);
  });

  it('watch only what the key may read', async () => {
    stage.system.settings.change({
      keys: [{ ...stage.system.settings.values.keys[0], hiddenFields: ['payRate', 'workEmail'] }],
    });
    await expect(admin().register(url, undefined)).resolves.toMatchObject({ url });
  });

  it('are removed, once', async () => {
    const { id } = await admin().register(url, undefined);
    expect([await admin().remove(id), await admin().remove(id), await admin().remove('../1')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('cannot be sent a ping', async () => {
    const { id } = await admin().register(url, undefined);
    await expect(admin().ping(id)).rejects.toBeInstanceOf(UsageError);
    expect(await admin().ping('404')).toBe(false);
  });

  it('name the right that is missing', async () => {
    stage.system.settings.change({ refusals: { webhooks: { status: 403 } } });
    await expect(admin().list()).rejects.toMatchObject({ missing: ['webhooks'] });
    await expect(admin().list()).rejects.toBeInstanceOf(PermissionError);
  });
});
