import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { moodle } from '../../src/sandbox/moodle/index.js';
import { startStage } from '../support/moodle-site.js';

async function stage() {
  const started = await startStage();
  onTestFinished(() => started.system.stop());
  const { control } = started.system;
  const ask = async (method: string, path: string, body?: object) => {
    const response = await control.request(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return { status: response.status, body: response.ok && response.status !== 204 ? await response.json() : null };
  };
  return { ...started, ask };
}

it('adds, changes and deletes users of the Moodle stand-in by hand, without checks or mails', async () => {
  const { site, call, ask } = await stage();
  const data = { username: 'Old Name', firstname: 'Ada', lastname: 'Example', email: 'a@acme.example', isAdmin: true };
  expect(await ask('POST', '/users', data)).toMatchObject({ status: 201, body: { id: 4, isAdmin: true } });
  expect(site.admins).toEqual(new Set([2, 4]));
  const edit = { username: 'ada', suspended: true, isAdmin: false };
  expect(await ask('PATCH', '/users/4', edit)).toMatchObject({
    status: 200,
    body: { username: 'ada', isAdmin: false },
  });
  const found = await call('core_user_get_users_by_field', { field: 'username', values: ['ada'] });
  expect(found.body).toMatchObject([{ id: 4, suspended: true, firstname: 'Ada' }]);
  expect((await ask('DELETE', '/users/4')).status).toBe(204);
  const { body } = await ask('GET', '/users');
  expect(body).toMatchObject({ users: [{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4, deleted: true }] });
  expect(JSON.stringify(body)).not.toContain('password');
  expect((await ask('GET', '/mails')).body).toEqual({ mails: [] });
  expect((await ask('PATCH', '/users/99', {})).status).toBe(404);
});

it('adds cohorts and custom profile fields of the Moodle stand-in by hand', async () => {
  const { call, ask, system } = await stage();
  await ask('POST', '/cohorts', { idnumber: 'C1', name: 'Sales', members: [3] });
  expect((await ask('GET', '/cohorts')).body).toMatchObject({ cohorts: [{ id: 1, idnumber: 'C1', members: [3] }] });
  await ask('POST', '/fields', { shortname: 'site', kind: 'menu', options: ['Porto', 'Rome'], default: 'Rome' });
  const { fields } = (await ask('GET', '/fields')).body as { fields: { shortname: string }[] };
  expect(fields.at(-1)?.shortname).toBe('site');
  const user = (await call('core_user_get_users_by_field', { field: 'id', values: [3] })).body[0];
  expect(user.customfields).toContainEqual(expect.objectContaining({ shortname: 'site', value: 'Rome' }));
  expect(system.counts()).toEqual({ users: 3, cohorts: 1, mails: 0 });
});

it('begins with the staff that it is given', async () => {
  const owner = { username: 'owner', firstname: 'Olga', lastname: 'Owner', email: 'owner@acme.example', isAdmin: true };
  const system = await moodle.start({ now: () => new Date(), port: 0 }, {}, [owner]);
  onTestFinished(() => system.stop());
  expect(system.site.findByUsername('owner')?.id).toBe(4);
  expect(system.site.admins).toEqual(new Set([2, 4]));
});

it('gives the config of a target that writes to fields which the site has', async () => {
  const { system } = await stage();
  const { target, mapping } = parse(system.sections({ badge: 'badge_1', certified: 'certified_1' }));
  expect(target).toMatchObject({
    ...{ type: 'moodle', base_url: system.url, token: `\${SANDBOX_MOODLE_SECRET:-${system.access.token}}` },
    manager_to: 'manager',
  });
  expect(mapping.custom_fields.badge.from).toBe('badge_1');
  const shortnames = system.site.fields.map(({ shortname }) => shortname);
  expect(shortnames).toEqual(expect.arrayContaining([target.manager_to, ...Object.keys(mapping.custom_fields)]));
});
