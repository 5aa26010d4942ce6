import { describe, expect } from 'vitest';
import type { CompanyEvent, Intercept } from '../../src/sandbox/index.js';
import { importAt } from '../support/clock.js';
import { type Connector, day, test } from '../support/connector.js';
import { isWanted } from '../support/expected.js';
import { HR_SIDES } from '../support/hr-side.js';
import { members, TARGETS, type Target } from '../support/pairs.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPeople } from '../support/people.js';

const PAIRS = HR_SIDES.flatMap((hr) => TARGETS.map((target) => [hr.name, hr, target] as const));

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

describe.each(rowsOfPart(PAIRS))('%s', (_, hr, target) => {
  test(`→ ${target}: first import, a month of HR events, an empty night, a short read, a kill and a restart, check, fields, verify`, async ({
    connect,
  }) => {
    let intercept: Intercept = (__, handle) => handle();
    const connector = await hr.open(connect, target, {
      company: { size: 26, today: day(-40) },
      intercept: (request, handle) => intercept(request, handle),
    });
    const asked = connector.sandbox[target].requests;
    const others = members(connector, target);
    const night = async (offset: number) => {
      connector.hr.moveTo(day(offset));
      const at = new Date(`${day(offset)}T02:00:00Z`);
      await hr.show(connector, at);
      const document = await importAt(connector, () => at);
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
    connector.hr.moveTo(day(0));
    for (const [says, spoil] of hr.shortReads) {
      await spoil(connector);
      const { code, stderr } = await connector.run(['import-all']);
      expect(code, stderr).toBe(6);
      expect(stderr).toMatch(says);
      expect(members(connector, target)).toEqual(before);
    }

    for (const name of ['Uno', 'Due', 'Tre']) hire(connector, name, day(0));
    await hr.show(connector, new Date());
    const running = connector.start(['import-all']);
    const sent = asked.writes().length;
    intercept = async (_, handle) => {
      const answer = await handle();
      // Two endings go first, then the newcomers: one by one, or each kind in one call. LearnUpon shows no invitation, so none
      // may be on its way when the kill comes.
      if (asked.writes().length - sent < (target === 'moodle' ? 2 : 5)) return answer;
      running.child.kill('SIGKILL');
      return null;
    };
    expect((await running.ended).code).toBeNull();
    intercept = (__, handle) => handle();
    const restarted = await connector.run(['import-all']);
    expect(restarted.code, restarted.stderr).toBe(0);
    expectMembers(connector, target, day(0), others);

    const checked = await connector.run(['check']);
    expect(checked.code, checked.stdout).toBe(0);
    const fields = await connector.run(['fields', '--json']);
    expect(JSON.parse(fields.stdout)).toMatchObject({
      source: { type: hr.type, fields: expect.arrayContaining([expect.objectContaining({ name: 'work_email' })]) },
      target: { type: target, fields: expect.arrayContaining([expect.objectContaining({ name: 'first_name' })]) },
    });
    const verified = await connector.run(['verify']);
    expect(verified.code, verified.stdout).toBe(0);
  });
});
