import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import type { Platform, SandboxOptions } from '../../../src/sandbox/index.js';
import { test } from '../../support/connector.js';
import { Learning360 } from '../../support/learning360.js';
import { plainPerson } from '../../support/people.js';
import { memoryIn } from '../kill/portrait.js';

type Intercept = NonNullable<SandboxOptions['intercept']>;

/** Everything that 360Learning holds, without the ids and times that depend on the order of calls. */
function portraitOf(platform: Platform): object {
  const nameOf = (id: string) => platform.externalIdOf(id, 'hrsync') ?? platform.users.get(id)?.mail;
  const users = [...platform.users.values()].map(({ id, writes, deletedAt, reactivatedAt, ...user }) => ({
    ...user,
    employee: nameOf(id),
    untouched: platform.externalIdOf(id, 'hrsync') === null ? writes : null,
    managers: [...platform.managersOf(id)].map(nameOf).sort(),
    roles: platform.rolesOf(id),
    values: [...platform.valuesOf(id)].map(([field, value]) => [platform.customFields.get(field)?.name, value]).sort(),
  }));
  return {
    users: users.toSorted((one, other) => String(one.mail).localeCompare(String(other.mail))),
    fields: [...platform.customFields.values()].map(({ name, type }) => `${name} ${type}`).sort(),
    mails: platform.mails.map(({ to }) => to).sort(),
  };
}

describe('a run into 360Learning that is killed and started again', () => {
  test.for(['before', 'after'] as const)(
    'ends as one that was not, without a second account or mail: %s each kind of write in turn',
    { timeout: 240_000 },
    async (moment, { connect, annotate }) => {
      let intercept: Intercept = (_, handle) => handle();
      const stage = await Learning360.open(connect, {
        people: 14,
        intercept: (request, handle) => intercept(request, handle),
        config: { deactivation: { protect: [] }, safety: { min_population: 50 } },
      });
      const { connector, platform } = stage;
      const { hr, company, folder, stateFile, sandbox } = connector;
      // One of each: somebody moves, leaves, comes back, is there already, is new.
      const [moves, leaves, returns] = [0, 1, 2].map((index) => plainPerson(company, index));
      await stage.imported();
      hr.apply({ kind: 'set_status', person: returns?.id ?? 0, status: 'inactive' });
      await stage.imported();
      hr.apply({ kind: 'set_status', person: returns?.id ?? 0, status: 'active' });
      hr.apply({ kind: 'set_status', person: leaves?.id ?? 0, status: 'inactive' });
      hr.apply({ kind: 'change_department', person: moves?.id ?? 0, to: company.departments[2]?.name ?? '' });
      hr.apply({ kind: 'set_custom', person: moves?.id ?? 0, key: 'dynamic_1234567', value: 77 });
      for (const firstName of ['New', 'Known']) {
        hr.apply({ kind: 'hire', firstName, lastName: 'One', email: `${firstName}@acme.example`, supervisor: 1001 });
      }
      platform.add({ mail: 'known@acme.example', firstName: 'Before' }, 'active');
      const saved = platform.save();
      await cp(join(folder, 'state'), join(folder, 'saved'), { recursive: true });
      const startOver = async () => {
        platform.restoreContents(saved);
        await rm(join(folder, 'state'), { recursive: true });
        await mkdir(join(folder, 'state'));
        await cp(join(folder, 'saved'), join(folder, 'state'), { recursive: true });
      };
      const now = () => ({ lms: portraitOf(platform), memory: memoryIn(stateFile) });

      sandbox['360learning'].requests.clear();
      expect(new Set((await stage.imported()).changes.map(({ kind }) => kind))).toEqual(
        new Set(['create', 'adopt', 'update', 'reactivate', 'deactivate']),
      );
      const undisturbed = now();
      // At each kind of write once. Reads change nothing: being killed at one is being killed before the next write.
      const written = sandbox['360learning'].requests.writes().map(({ route }) => route ?? '?');
      const routes = [...new Set(written)].filter((route) => route !== 'token');
      for (const route of routes) {
        await startOver();
        const running = connector.start(['import-all']);
        const last = written.filter((one) => one === route).length;
        let left = moment === 'before' ? 1 : last;
        intercept = async (request, handle) => {
          if (request.route === route) left -= 1;
          if (request.route !== route || left !== 0) return handle();
          if (moment === 'after') await handle();
          running.child.kill('SIGKILL');
          return null;
        };
        expect((await running.ended).code, route).toBeNull();
        intercept = (_, handle) => handle();
        const { code, stderr } = await connector.run(['import-all']);
        expect(code, `killed ${moment} ${route}: ${stderr}`).toBe(0);
        expect(now(), `killed ${moment} ${route}`).toEqual(undisturbed);
      }
      await annotate(`killed at ${routes.join(', ')}`);
      expect(routes).toEqual(expect.arrayContaining(['users.create', 'externalIds.create', 'users.activate']));
    },
  );
});
