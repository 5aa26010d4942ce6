import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isDay } from '../../../src/core/day.js';
import { HrsyncError, PermissionError } from '../../../src/errors.js';
import type { Company, FaultOrder, Person } from '../../../src/sandbox/index.js';
import { expectedFields } from './expected.js';
import { startRefusingProxy } from './refusing-proxy.js';
import { expectedWithout, readAll, type SourceStage, type SourceTraits } from './stage.js';

type Unit = Company['departments'][number];

/** The promises that every source keeps, on a company of some pages. */
export function describeSource(
  name: string,
  setUp: () => Promise<SourceStage>,
  {
    givesTotals = true,
    countsItself = false,
    omitsLost = true,
    hasCatalogue = true,
    lacks = [],
    unitsHaveIds = true,
    overHttp = true,
  }: Partial<SourceTraits> = {},
): void {
  describe(`${name} as a source`, () => {
    const FIELDS = expectedWithout(lacks);
    let stage: SourceStage;
    beforeEach(async () => {
      stage = await setUp();
    });
    afterEach(() => stage.stop());

    const read = (fields: readonly string[] = FIELDS) => readAll(stage.open(), fields);
    const idOf = (person: Pick<Person, 'id'>) => stage.idOf?.(person) ?? String(person.id);
    const expected = (person: Person) => {
      const fields = Object.entries(expectedFields(person, stage.company, idOf)).filter(
        ([key]) => !lacks.includes(key),
      );
      return stage.expected?.(Object.fromEntries(fields)) ?? Object.fromEntries(fields);
    };
    const everybody = () => stage.company.people.map(idOf).sort();
    const counted = () => (givesTotals ? stage.company.people.length : null);
    const idsOf = (people: readonly { readonly id: string | null }[]) => people.map(({ id }) => id).sort();
    const strike = (fault: FaultOrder['fault'], aim: Pick<FaultOrder, 'from' | 'times'>, route?: string) =>
      stage.system.faults.add({ fault, match: { route: route ?? stage.routes.employees }, ...aim });

    describe('reading', () => {
      it('brings every employee exactly once, inactive ones included', async () => {
        const { employees, unreadable } = await read();
        expect(idsOf(employees)).toEqual(everybody());
        expect(unreadable).toEqual([]);
        expect(employees.some((employee) => employee.fields['status'] === 'inactive')).toBe(true);
      });

      it('brings their fields as HR holds them, normalised', async () => {
        const { employees } = await read();
        const found = new Map(employees.map((employee) => [employee.id, { ...employee.fields }]));
        for (const person of stage.company.people) {
          expect(found.get(idOf(person))).toMatchObject(expected(person));
        }
      });

      it('gives days as days, and managers as employees of the same read', async () => {
        const { employees } = await read();
        const days = employees
          .map((employee) => employee.fields['start_date'])
          .filter((day) => typeof day === 'string');
        const managers = employees.map((employee) => employee.fields['manager']).filter((id) => typeof id === 'string');
        expect(days.length).toBeGreaterThan(0);
        expect(days.filter((day) => !isDay(day))).toEqual([]);
        expect(managers.length).toBeGreaterThan(0);
        expect(managers.filter((id) => !everybody().includes(id))).toEqual([]);
      });

      it('leaves out what was not asked for', async () => {
        const { employees } = await read(['job_title']);
        expect(employees.filter((employee) => Object.hasOwn(employee.fields, 'department'))).toEqual([]);
      });

      if (overHttp)
        it("tells how far the HR system's clock is from ours, once it has answered", async () => {
          const source = stage.open();
          expect(source.clockSkew?.()).toBeNull();
          await readAll(source, FIELDS);
          expect(Math.abs(source.clockSkew?.() ?? Number.NaN)).toBeLessThan(60_000);
        });

      it('reads the same twice', async () => {
        const source = stage.open();
        const [first, second] = [await readAll(source, FIELDS), await readAll(source, FIELDS)];
        expect(second.employees).toEqual(first.employees);
      });

      it('tells how many there are, and which fields stood on somebody', async () => {
        const { facts, totals } = await read();
        const count = counted();
        expect(facts).toMatchObject({ pages: totals.length, totalAtStart: count, totalAtEnd: count });
        expect(totals.every((total) => total === count)).toBe(true);
        expect([...facts.presentFields]).toEqual(expect.arrayContaining([...FIELDS]));
      });

      it('names one field that cannot be read, and reads the rest of the record and everybody else', async () => {
        const bad = stage.company.people[3];
        if (bad === undefined) throw new Error('the company is too small');
        bad.hireDate = '2024-02-30';
        const { employees, unreadable } = await read();
        expect(unreadable).toEqual([]);
        expect(idsOf(employees)).toEqual(everybody());
        const broken = employees.filter((employee) => employee.unreadable !== undefined);
        expect(idsOf(broken)).toEqual([idOf(bad)]);
        expect(Object.keys(broken[0]?.unreadable ?? {})).toEqual(['start_date']);
        expect(broken[0]?.unreadable?.['start_date']).toContain('2024-02-30');
        expect(Object.hasOwn(broken[0]?.fields ?? {}, 'start_date')).toBe(false);
        expect(broken[0]?.fields['status']).toBe(bad.status);
      });

      it.each(['0000-00-00', '0001-01-01', '9999-12-31'])('takes the day %s for none', async (none) => {
        for (const person of stage.company.people) person.terminationDate = none;
        const { employees } = await read();
        expect(new Set(employees.map(({ fields }) => fields['termination_date']))).toEqual(new Set([null]));
        expect(employees.filter((employee) => employee.unreadable !== undefined)).toEqual([]);
      });

      it('gives every text in one spelling', async () => {
        const [person] = stage.company.people;
        const [unit] = stage.company.departments;
        if (person === undefined || unit === undefined) throw new Error('the company is too small');
        Object.assign(person, {
          firstName: ' Ju\u0308r\u00a0\u2003gen\r\nK.\u0000 ',
          lastName: '\u200b',
          departmentId: unit.id,
        });
        person.position = '\u200bLead\tEngineer\ufeff';
        unit.name = 'Bu\u0308ro  Mu\u0308nchen ';
        const { employees } = await read();
        expect(employees.find(({ id }) => id === idOf(person))?.fields).toMatchObject({
          first_name: 'J\u00fcr gen K.',
          last_name: null,
          job_title: 'Lead Engineer',
          department: 'B\u00fcro M\u00fcnchen',
        });
      });

      const unitFields = ['department', 'team', 'work_location', 'legal_entity', 'cost_center'] as const;

      it.each(overHttp && unitsHaveIds ? unitFields : [])(
        'knows nothing of a %s without a name, and tells of it',
        async (field) => {
          const [person] = stage.company.people.slice(-1);
          if (person === undefined) throw new Error('the company is too small');
          const blank = { id: 990_001, name: '' };
          const { departments, teams, offices, legalEntities, costCenters } = stage.company;
          const places: Readonly<Record<typeof field, readonly [units: readonly Unit[], membership: Partial<Person>]>> =
            {
              department: [departments, { departmentId: blank.id }],
              team: [teams, { teamId: blank.id }],
              work_location: [offices, { officeId: blank.id }],
              legal_entity: [legalEntities, { legalEntityId: blank.id }],
              cost_center: [costCenters, { costCenterIds: [blank.id] }],
            };
          const [units, membership] = places[field];
          (units as Unit[]).push(blank);
          Object.assign(person, membership);
          const { employees, unreadable, facts } = await read();
          const found = employees.find(({ id }) => id === idOf(person));
          expect(unreadable).toEqual([]);
          expect(found?.unreadable).toBeUndefined();
          expect(Object.hasOwn(found?.fields ?? {}, field)).toBe(false);
          expect(employees.filter(({ fields }) => Object.hasOwn(fields, field))).toHaveLength(employees.length - 1);
          expect(facts.notices.join()).toMatch(/name/);
        },
      );

      it('brings somebody twice whom HR lists twice', async () => {
        const [person] = stage.company.people;
        if (person === undefined) throw new Error('the company is too small');
        stage.company.people.splice(1, 0, { ...person, firstName: 'Another' });
        const { employees } = await read();
        const records = employees.filter(({ id }) => id === idOf(person));
        expect(records.map(({ fields }) => fields['first_name'])).toEqual([person.firstName, 'Another']);
      });

      const shrinks = async () => {
        strike({ kind: 'shrinking_total' }, { from: 2, times: null });
        const { facts } = await read();
        expect(facts.totalAtEnd).toBeLessThan(facts.totalAtStart ?? 0);
      };
      if (givesTotals && !countsItself && overHttp) it('reports a total that shrinks on the way', shrinks);

      if (overHttp)
        it('takes nobody at all for an answer that others judge', async () => {
          strike({ kind: 'empty_list' }, { times: null });
          const { employees, facts } = await read();
          expect(employees).toEqual([]);
          expect(facts.totalAtEnd).toBe(givesTotals ? 0 : null);
        });

      if (overHttp)
        it('sends nothing that could change anything', async () => {
          const source = stage.open();
          await readAll(source, FIELDS);
          await source.fields();
          await source.check(FIELDS);
          expect(stage.system.requests.list().length).toBeGreaterThan(0);
          expect(stage.system.requests.writes()).toEqual([]);
        });
    });

    if (overHttp)
      describe('in trouble', () => {
        const always: readonly FaultOrder['fault'][] = [
          { kind: 'html' },
          { kind: 'truncated_json' },
          { kind: 'wrong_charset' },
          { kind: 'empty_body' },
          { kind: 'reset_before_commit' },
          { kind: 'status', status: 401 },
          { kind: 'status', status: 403 },
          { kind: 'status', status: 500 },
          { kind: 'status', status: 503, body: '<html>' },
        ];

        it.each(always)('fails, and does not end early, where pages keep coming as $kind $status', async (fault) => {
          strike(fault, { from: 2, times: null });
          await expect(read()).rejects.toBeInstanceOf(HrsyncError);
        });

        it.each(always)('fails or brings everybody where one page comes as $kind $status', async (fault) => {
          strike(fault, { from: 2, times: 1 });
          const outcome = await read().catch((error: unknown) => error);
          if (outcome instanceof Error) return expect(outcome).toBeInstanceOf(HrsyncError);
          expect(outcome).toMatchObject({ facts: { totalAtEnd: counted() } });
          expect(outcome).toHaveProperty('employees.length', stage.company.people.length);
        });

        it('does not take a refusal under status 200 for a page', async () => {
          for (const body of stage.refusals) {
            const proxy = await startRefusingProxy(stage.system.url, body);
            const reading = readAll(stage.open({ url: proxy.url }), FIELDS).finally(proxy.stop);
            await expect(reading).rejects.toBeInstanceOf(HrsyncError);
          }
        });

        it('goes on when its token ends on the way', async () => {
          strike({ kind: 'revoke_tokens' }, { from: 2, times: 1 });
          expect(idsOf((await read()).employees)).toEqual(everybody());
        });

        it('goes on after a single reset', async () => {
          strike({ kind: 'reset_before_commit' }, { from: 2, times: 1 });
          expect(idsOf((await read()).employees)).toEqual(everybody());
        });

        it('refuses to read without an attribute that is needed', async () => {
          const lost = stage.attributeOf('manager');
          for (const route of Object.values(stage.routes)) {
            strike({ kind: 'lost_attribute', attributes: [lost] }, { times: null }, route);
          }
          const refusal = await read().catch((error: unknown) => error);
          expect(refusal).toBeInstanceOf(PermissionError);
          expect(refusal).toHaveProperty('missing', [lost]);
          expect((await read(['job_title'])).employees).toHaveLength(stage.company.people.length);
        });

        const leavesOut = async () => {
          strike({ kind: 'lost_attribute', attributes: [stage.attributeOf('manager')] }, { times: null });
          const { employees, facts } = await read();
          const shown = employees.filter(({ fields }) =>
            omitsLost ? Object.hasOwn(fields, 'manager') : fields['manager'],
          );
          expect(shown).toEqual([]);
          expect(facts.presentFields.has('manager')).toBe(false);
        };
        if (hasCatalogue) it('leaves a field out of the employees where it may not be read of them', leavesOut);
      });

    describe('checking', () => {
      it('finds nothing wrong where everything is right', async () => {
        const findings = await stage.open().check(FIELDS);
        expect(findings.filter((finding) => finding.level !== 'ok')).toEqual([]);
        const isCounted = findings.some(({ message }) => message.includes(String(stage.company.people.length)));
        expect(isCounted).toBe(givesTotals);
      });

      if (overHttp)
        it('warns of an HR system that lists nobody, and names the right that may be missing', async () => {
          strike({ kind: 'empty_list' }, { times: null });
          const findings = await stage.open().check(FIELDS);
          const [warning] = findings.filter(({ subject }) => subject === 'employees');
          expect(warning).toMatchObject({ level: 'warning', message: expect.stringMatching(/nobody.*right/) });
        });

      if (overHttp)
        it('finds wrong credentials', async () => {
          const findings = await stage.open({ credentials: 'wrong' }).check(FIELDS);
          expect(findings).toContainEqual(expect.objectContaining({ level: 'error', cause: 'credentials' }));
        });

      it('finds an attribute that is missing, and names it', async () => {
        const findings = await stage.open().check(['work_email', 'dynamic_404']);
        const errors = findings.filter((finding) => finding.level === 'error');
        expect(errors).toHaveLength(1);
        expect(errors[0]?.subject).toContain('dynamic_404');
      });

      if (overHttp)
        it('finds that nobody answers', async () => {
          const source = stage.open();
          await stage.stop();
          const findings = await source.check(FIELDS);
          expect(findings).toContainEqual(expect.objectContaining({ level: 'error', cause: 'unreachable' }));
          stage = await setUp();
        });

      it('offers every field that a read can bring', async () => {
        const offered = (await stage.open().fields()).map((field) => field.name);
        expect(offered).toEqual(expect.arrayContaining([...FIELDS]));
        expect(new Set(offered).size).toBe(offered.length);
      });
    });
  });
}
