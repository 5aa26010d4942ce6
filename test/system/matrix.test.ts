import { describe, expect } from 'vitest';
import { type SANDBOX_SOURCES, type SANDBOX_TARGETS, sandboxConfig } from '../../src/cli/sandbox-config.js';
import type { CompanyEvent, Intercept } from '../../src/sandbox/index.js';
import { importAt } from '../support/clock.js';
import { type Connector, day, test } from '../support/connector.js';
import { isWanted } from '../support/expected.js';
import { hire, plainPeople } from '../support/people.js';

type Source = (typeof SANDBOX_SOURCES)[number];
type Target = (typeof SANDBOX_TARGETS)[number];

const SOURCES = [
  ['Personio v1', 'personio', '', 'employees'],
  ['Personio v2', 'personio', '  api: v2\n', 'persons'],
  ['Kombo', 'kombo', '', 'employees'],
] as const;
const TARGETS: readonly Target[] = ['learnamp', '360learning', 'learnupon'];
const PAIRS = SOURCES.flatMap((source) => TARGETS.map((target) => [...source, target] as const));

/** The config that "hrsync sandbox --write-config" writes, paced by nothing. */
function configOf({ sandbox }: Connector, source: Source, further: string, target: Target): string {
  const reads = target === '360learning' ? '  reads_per_second: 1000\n' : '';
  return sandboxConfig(sandbox, source, target)
    .replace(/ +requests_per_second:.*\n/g, '')
    .replace(/^source:\n/m, `source:\n  requests_per_second: 1000\n${further}`)
    .replace(/^target:\n/m, `target:\n  requests_per_second: 1000\n${reads}`)
    .replace('Europe/Berlin', 'Etc/UTC');
}

/** The addresses of those who can use the LMS, or have been invited to it; each as often as there is an account of it. */
function members({ sandbox, lms }: Connector, target: Target): readonly string[] {
  switch (target) {
    case 'learnamp':
      return lms.list().flatMap(({ email, status }) => (status === 'deactivated' ? [] : [email]));
    case '360learning':
      return [...sandbox['360learning'].platform.users.values()].flatMap(({ mail, status }) =>
        status === 'deleted' || !mail ? [] : [mail],
      );
    case 'learnupon':
      return [
        ...sandbox.portal.list().flatMap(({ email, enabled }) => (enabled && email !== null ? [email] : [])),
        ...[...sandbox.portal.invites.values()].flatMap(({ email, status }) => (status === 'sent' ? [email] : [])),
      ];
  }
}

/** Holds the LMS to HR's own records; `others` were there before. */
function expectMembers(connector: Connector, target: Target, today: string, others: readonly string[]): void {
  const wanted = connector.company.people.filter((person) => isWanted(person, today));
  const addresses = [...wanted.map(({ email }) => email ?? ''), ...others].map((address) => address.toLowerCase());
  expect(
    members(connector, target)
      .map((address) => address.toLowerCase())
      .toSorted(),
  ).toEqual(addresses.toSorted());
}

/** Something of everything, one week after the other. */
function weeks(connector: Connector): readonly (readonly CompanyEvent[])[] {
  const [a, b, c, d, e, f] = plainPeople(connector.company).map(({ id }) => id);
  if (a === undefined || b === undefined || c === undefined || d === undefined || e === undefined || f === undefined)
    throw new Error('the company is too small');
  return [
    [
      { kind: 'promote', person: a, to: 'Principal' },
      { kind: 'terminate', person: b, on: day(-25) },
      { kind: 'change_email', person: c, to: 'moved@acme.example' },
    ],
    [
      { kind: 'change_manager', person: d, to: a },
      { kind: 'clear', person: e, field: 'position' },
      { kind: 'terminate', person: f, on: day(-19) },
    ],
    [{ kind: 'withdraw_termination', person: f }],
    [{ kind: 'change_name', person: d, lastName: 'Wedded', email: 'wedded@acme.example' }],
  ];
}

describe.each(PAIRS)('%s', (_, source, further, route, target) => {
  test(`→ ${target}: first import, a month of HR events, an empty night, a short read, a kill and a restart`, async ({
    connect,
  }) => {
    let intercept: Intercept = (__, handle) => handle();
    const connector = await connect({
      sandbox: {
        company: { size: 26, today: day(-40) },
        intercept: (request, handle) => intercept(request, handle),
        personio: { personsRefillPerSecond: null, otherRefillPerSecond: null },
        kombo: { requestsPerMinute: null },
        '360learning': { readsPerSecond: null, writesPerSecond: null },
      },
    });
    await connector.configure(configOf(connector, source, further, target));
    const system = source === 'kombo' ? connector.sandbox.kombo : connector.sandbox.personio;
    const asked = connector.sandbox[target].requests;
    const others = members(connector, target);
    const night = async (offset: number) => {
      connector.hr.moveTo(day(offset));
      const document = await importAt(connector, () => new Date(`${day(offset)}T02:00:00Z`));
      expect(document, JSON.stringify(document.changes)).toMatchObject({ exit_code: 0 });
      expectMembers(connector, target, day(offset), others);
      return document;
    };

    expect((await night(-40)).summary.create).toBeGreaterThan(15);
    hire(connector, 'Later', day(-20));
    for (const [index, events] of weeks(connector).entries()) {
      for (const event of events) connector.hr.apply(event);
      expect((await night(-33 + index * 7)).changes).not.toEqual([]);
    }
    await night(-10);

    asked.clear();
    expect((await night(-9)).changes).toEqual([]);
    // Whoever has not accepted an invitation is looked for; besides that an empty night asks nothing.
    const looks = target === 'learnupon' ? asked.list().filter(({ method }) => method !== 'GET') : asked.list();
    expect(looks).toEqual([]);

    const before = members(connector, target);
    for (const { id } of plainPeople(connector.company).slice(6, 8))
      connector.hr.apply({ kind: 'terminate', person: id, on: day(-9) });
    system.faults.add({ match: { route }, times: null, fault: { kind: 'short_list', keep: 0.5 } });
    connector.hr.moveTo(day(0));
    const { code } = await connector.run(['import-all']);
    expect(code).toBe(6);
    expect(members(connector, target)).toEqual(before);
    system.faults.clear();

    for (const name of ['Uno', 'Due', 'Tre']) hire(connector, name, day(0));
    const running = connector.start(['import-all']);
    let writes = 0;
    intercept = async (request, handle) => {
      if (request.method !== 'GET' && !/token/.test(request.path)) writes += 1;
      if (writes < 3) return handle();
      await handle();
      running.child.kill('SIGKILL');
      return null;
    };
    expect((await running.ended).code).toBeNull();
    intercept = (__, handle) => handle();
    const restarted = await connector.run(['import-all']);
    expect(restarted.code, restarted.stderr).toBe(0);
    expectMembers(connector, target, day(0), others);
  });
});
