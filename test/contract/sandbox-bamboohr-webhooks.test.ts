import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { BambooHRSettingsInput } from '../../src/sandbox/bamboohr/settings.js';
import { EVENTS } from '../../src/sandbox/bamboohr/webhooks/settings.js';
import { plusDays } from '../../src/sandbox/company/days.js';
import { BambooHRStages, KEY, OTHER_KEY, type Received, TODAY } from '../support/bamboohr.js';
import { within } from '../support/server.js';

const webhookSchema = z.looseObject({ id: z.string(), privateKey: z.string() });

const stages = new BambooHRStages();
afterEach(stages.stop);

describe('webhooks', () => {
  const wanted = {
    name: 'hrsync',
    monitorFields: ['jobTitle', 'workEmail', 'status', 'customBadge'],
    events: EVENTS.filter((event) => event.startsWith('employee.')),
  };

  async function subscribed(input: BambooHRSettingsInput = {}, further: object = {}, statuses: readonly number[] = []) {
    const far = await stages.receiver(...statuses);
    const stage = await stages.start({ webhookMinute: 1, ...input });
    const answer = await stage.send('POST', '/v1/webhooks', { ...wanted, url: far.url, ...further });
    expect(answer.status).toBe(201);
    return { ...stage, ...far, webhook: webhookSchema.parse(await answer.json()) };
  }

  it('shows the private key once, at creation', async () => {
    const { ask, webhook } = await subscribed();
    const list = await (await ask('/v1/webhooks')).json();
    expect(list).toMatchObject({ webhooks: [{ id: webhook.id, name: 'hrsync' }] });
    expect(JSON.stringify([list, await (await ask(`/v1/webhooks/${webhook.id}`)).json()])).not.toContain(
      webhook.privateKey,
    );
  });

  it('lists the fields that the key may watch', async () => {
    const { ask } = await stages.start({ keys: [{ key: KEY, hiddenFields: ['jobTitle'] }] });
    const { fields } = z
      .object({ fields: z.array(z.object({ alias: z.string(), name: z.string() })) })
      .parse(await (await ask('/v1/webhooks/monitor_fields')).json());
    const aliases = fields.map(({ alias }) => alias);
    expect(aliases).toContain('workEmail');
    expect(aliases).not.toContain('jobTitle');
  });

  it('refuses what is not as described, and names fields that are unknown or not allowed with 403', async () => {
    const { send } = await stages.start({ keys: [{ key: KEY, hiddenFields: ['jobTitle'] }] });
    const url = 'https://hrsync.example/webhooks/bamboohr';
    const bad = [
      ...[{}, { url: 'http://hrsync.example/' }, { url, name: '' }, { url, format: 'xml' }, { url, secret: 'x' }],
      ...[
        { url, events: ['employee.moved'] },
        { url, monitorFields: [] },
        { url, events: [] },
      ],
      { url, events: ['employee.created', 'employee_with_fields.created'] },
    ];
    for (const further of bad) {
      const answer = await send('POST', '/v1/webhooks', { ...wanted, ...further });
      expect([JSON.stringify(further), answer.status]).toEqual([JSON.stringify(further), 400]);
      expect(await answer.json()).toHaveProperty('errors.0.error');
    }
    const forbidden = await send('POST', '/v1/webhooks', {
      ...wanted,
      url,
      monitorFields: ['jobTitle', 'none', 'gender'],
    });
    expect([forbidden.status, await forbidden.json()]).toMatchObject([
      403,
      { errors: [{ fields: ['jobTitle', 'none'] }] },
    ]);
  });

  it('replaces everything by PUT, so that what is left out is lost, and ends by DELETE', async () => {
    const { send, ask, webhook, url } = await subscribed({}, { includeCompanyDomain: true });
    const path = `/v1/webhooks/${webhook.id}`;
    const { events, monitorFields, name } = wanted;
    const answer = await send('PUT', path, { name, url, events, monitorFields });
    expect(await answer.json()).toMatchObject({ id: webhook.id, includeCompanyDomain: false });
    expect((await ask(path, { method: 'DELETE' })).status).toBe(204);
    expect((await ask(path)).status).toBe(404);
  });

  it('signs the body followed by the timestamp, in hex, and names the company where asked to', async () => {
    const { happens, received, webhook, clock } = await subscribed({}, { includeCompanyDomain: true });
    happens({ kind: 'promote', person: 1001, to: 'Chief' });
    await within(5, () => received.length === 1);
    const { body, headers, json } = received[0] ?? { body: '', headers: {}, json: null };
    const timestamp = String(clock.now.getTime() / 1000);
    expect(headers['x-bamboohr-timestamp']).toBe(timestamp);
    const signature = createHmac('sha256', webhook.privateKey).update(`${body}${timestamp}`).digest('hex');
    expect(headers['x-bamboohr-signature']).toBe(signature);
    expect(headers['company-domain']).toBe('acme');
    expect(json).toEqual({
      ...{ type: 'employee.updated', timestamp: '2026-11-24T09:00:00+00:00' },
      data: { companyId: '1', employeeId: '1001', changedFields: ['jobTitle'] },
    });
  });

  const typesOf = (received: readonly Received[]) =>
    received.map(({ json }) => z.object({ type: z.string() }).parse(json).type).sort();

  it('announces a created person as created and then updated, custom fields by themselves', async () => {
    const { happens, received, company } = await subscribed();
    const hired = happens({
      kind: 'hire',
      firstName: 'New',
      lastName: 'Comer',
      email: 'new@acme.example',
      position: 'Clerk',
    });
    await within(5, () => received.length === 2);
    expect(typesOf(received)).toEqual(['employee.created', 'employee.updated']);
    happens({ kind: 'set_custom', person: hired?.id ?? 0, key: company.customAttributes[0]?.key ?? '', value: 7 });
    await within(5, () => received.length === 3);
    expect(received[2]?.json).toMatchObject({
      data: { employeeId: String(hired?.id), changedFields: ['customBadge'] },
    });
  });

  it('announces a deletion, and a future change on its day', async () => {
    const { happens, passes, received } = await subscribed();
    happens({ kind: 'terminate', person: 1001, on: plusDays(TODAY, 1) });
    happens({ kind: 'delete', person: 1002 });
    await within(5, () => received.length === 1);
    expect(received[0]?.json).toMatchObject({ type: 'employee.deleted', data: { employeeId: '1002' } });
    passes(plusDays(TODAY, 2));
    const about = () => received.filter(({ body }) => body.includes('"1001"'));
    await within(5, () => about().length > 0);
    expect(about()[0]?.json).toMatchObject({ type: 'employee.updated', data: { changedFields: ['status'] } });
  });

  it('says nothing of people and fields that its owner may not see, or of fields that nobody watches', async () => {
    const keys = [{ key: KEY, hiddenPeople: [1002], hiddenFields: ['hireDate'] }];
    const { happens, received } = await subscribed({ keys });
    happens({ kind: 'promote', person: 1002, to: 'Chief' });
    happens({ kind: 'change_name', person: 1003, lastName: 'Unwatched' });
    happens({ kind: 'rename_department', department: 'Engineering', to: 'Building' });
    happens({ kind: 'promote', person: 1004, to: 'Chief' });
    await within(5, () => received.length > 0);
    expect(received.map(({ json }) => json)).toMatchObject([{ data: { employeeId: '1004' } }]);
  });

  it('dies with the key that made it, while a global one sees everything', async () => {
    const global = await stages.receiver();
    const { name: _, ...shared } = wanted;
    const globalWebhook = { ...shared, url: global.url, privateKey: 'global-key' };
    const keys = [{ key: KEY, hiddenPeople: [1001] }];
    const { happens, received, system } = await subscribed({ keys, globalWebhooks: [globalWebhook] });
    happens({ kind: 'promote', person: 1001, to: 'Chief' });
    system.settings.change({ keys: [{ key: OTHER_KEY }] });
    happens({ kind: 'promote', person: 1003, to: 'Chief' });
    await within(5, () => global.received.length === 2);
    expect(received).toEqual([]);
  });

  it('keeps the webhooks of one key from another', async () => {
    const { ask, webhook } = await subscribed({ keys: [{ key: KEY }, { key: OTHER_KEY }] });
    expect((await ask(`/v1/webhooks/${webhook.id}`, {}, {}, OTHER_KEY)).status).toBe(404);
    expect(await (await ask('/v1/webhooks', {}, {}, OTHER_KEY)).json()).toEqual({ webhooks: [] });
  });

  it('repeats a delivery after a 5xx, five times at most, and never after a 4xx', async () => {
    const failing = await subscribed({}, {}, [500, 503, 500, 500, 500, 500, 500]);
    failing.happens({ kind: 'promote', person: 1001, to: 'Chief' });
    await within(5, () => failing.received.length === 6);
    const refusing = await subscribed({}, {}, [400]);
    refusing.happens({ kind: 'promote', person: 1001, to: 'Chief' });
    refusing.happens({ kind: 'promote', person: 1003, to: 'Chief' });
    await within(5, () => refusing.received.length === 2);
    const log = await (await refusing.ask(`/v1/webhooks/${refusing.webhook.id}/log`)).json();
    const logged = z.array(z.object({ statusCode: z.number() })).parse(log);
    expect(logged.map(({ statusCode }) => statusCode).sort()).toEqual([200, 400]);
    expect(failing.received).toHaveLength(6);
  });

  it('tells of too many reads of a log inside an answer with status 200', async () => {
    const { ask, webhook } = await subscribed({ webhookLogsPerMinute: 1 });
    const path = `/v1/webhooks/${webhook.id}/log`;
    expect(await (await ask(path)).json()).toEqual([]);
    const second = await ask(path);
    expect([second.status, await second.json()]).toMatchObject([200, { status: 429 }]);
  });

  it('brings fields along in the other family of events', async () => {
    const events = ['employee_with_fields.updated'];
    const { happens, received } = await subscribed({}, { events, postFields: { workEmail: 'mail' } });
    const email = happens({ kind: 'promote', person: 1001, to: 'Chief' })?.email;
    await within(5, () => received.length === 1);
    expect(received[0]?.json).toMatchObject({
      employees: [{ id: '1001', action: 'Updated', changedFields: ['jobTitle'], fields: { mail: { value: email } } }],
    });
  });
});
