import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HrsyncError } from '../../../src/errors.js';
import type { CompanyEvent, FaultOrder, Person } from '../../../src/sandbox/index.js';
import { plainPeople, plainPerson, topManager, unitName } from '../../support/people.js';
import { expectedFields } from './expected.js';
import { startRefusingProxy } from './refusing-proxy.js';
import { expectedWithout, readAll, readByIds, readChanged, type SourceStage } from './stage.js';

/** In what HR systems differ when they are asked for some people. */
interface PartialTraits {
  /** Whether it says of an id that nobody has it; otherwise whoever is gone comes with a mark, or does not come. */
  readonly saysWhoIsGone: boolean;
  /** Whether people are found of whom only what they belong to has changed. */
  readonly seesRenames: boolean;
  /** HR fields that the system has no field for. */
  readonly lacks: readonly string[];
}

/** The promises of every source that can read some people. */
export function describePartialReads(
  name: string,
  setUp: () => Promise<SourceStage>,
  { saysWhoIsGone = true, seesRenames = false, lacks = [] }: Partial<PartialTraits> = {},
): void {
  describe(`${name}, asked for some people`, () => {
    const FIELDS = expectedWithout(lacks);
    let stage: SourceStage;
    beforeEach(async () => {
      stage = await setUp();
    });
    afterEach(() => stage.stop());

    const idOf = (person: Pick<Person, 'id'>) => stage.idOf?.(person) ?? String(person.id);
    const expected = (person: Person) => {
      const fields = Object.entries(expectedFields(person, stage.company, idOf)).filter(
        ([key]) => !lacks.includes(key),
      );
      return stage.expected?.(Object.fromEntries(fields)) ?? Object.fromEntries(fields);
    };
    const changed = (since = new Date()) => readChanged(stage.open(), FIELDS, since);
    const named = (people: readonly Pick<Person, 'id'>[]) => readByIds(stage.open(), FIELDS, people.map(idOf));
    const idsOf = (people: readonly { readonly id: string }[]) => people.map(({ id }) => id).sort();
    const strike = (fault: FaultOrder['fault'], aim: Partial<FaultOrder> = {}) =>
      stage.system.faults.add({ fault, match: { route: stage.routes.employees }, times: null, ...aim });

    /** The only reports of nobody: changes of others bring them along nowhere. */
    const workers = () => {
      const managers = new Set(stage.company.people.map(({ supervisorId }) => supervisorId));
      return plainPeople(stage.company).filter(({ id }) => !managers.has(id));
    };

    describe('by their ids', () => {
      it('brings exactly those, as a read of everybody would, inactive ones included', async () => {
        const left = stage.company.people.find(({ status }) => status === 'inactive');
        const people = [...plainPeople(stage.company).slice(0, 3), ...(left ? [left] : []), topManager(stage.company)];
        const { employees, unreadable, absent } = await named(people);
        expect([idsOf(employees), unreadable, absent]).toEqual([people.map(idOf).sort(), [], []]);
        const everybody = new Map((await readAll(stage.open(), FIELDS)).employees.map((one) => [one.id, one]));
        for (const one of employees) expect(everybody.get(one.id)?.fields).toMatchObject({ ...one.fields });
        for (const person of people) {
          const fields = employees.find(({ id }) => id === idOf(person))?.fields;
          expect(fields).toMatchObject(expected(person));
        }
      });

      it('brings many, each once', async () => {
        const people = stage.company.people.slice(0, 55);
        const { employees } = await named([...people, ...people.slice(0, 5)]);
        expect(idsOf(employees)).toEqual(people.map(idOf).sort());
      });

      it('tells who is gone from who did not come', async () => {
        const [kept, gone] = [plainPerson(stage.company), plainPerson(stage.company, 1)];
        stage.hr.apply({ kind: 'delete', person: gone.id });
        const { employees, absent } = await named([kept, gone]);
        const came = employees.map(({ id, fields }) => [id, fields['status']]);
        expect(came).toContainEqual([idOf(kept), 'active']);
        if (saysWhoIsGone) return expect([came.length, absent]).toEqual([1, [idOf(gone)]]);
        expect([came.length, absent]).toEqual([2, []]);
        expect(came).toContainEqual([idOf(gone), 'deleted']);
      });

      it('takes no text for a list, a path or a query', async () => {
        const [one, other] = plainPeople(stage.company);
        const odd = [`${one?.id},${other?.id}`, '../attributes', '', '1?x=y', '%2e%2e'];
        const { employees, unreadable } = await readByIds(stage.open(), FIELDS, odd);
        expect([employees, unreadable]).toEqual([[], []]);
      });

      it.each([
        { kind: 'html' },
        { kind: 'truncated_json' },
        { kind: 'wrong_charset' },
        { kind: 'status', status: 500 },
        { kind: 'status', status: 404, body: '<html>' },
        { kind: 'reset_before_commit' },
      ] satisfies FaultOrder['fault'][])(
        'fails, and calls nobody gone, where answers come as $kind $status',
        async (fault) => {
          strike(fault, { match: {} });
          await expect(named([plainPerson(stage.company)])).rejects.toBeInstanceOf(Error);
        },
      );

      it('does not take a refusal under status 200 for an answer', async () => {
        for (const body of stage.refusals) {
          const proxy = await startRefusingProxy(stage.system.url, body, stage.refused);
          const ids = plainPeople(stage.company).slice(0, 3).map(idOf);
          const reading = readByIds(stage.open({ url: proxy.url }), FIELDS, ids).finally(proxy.stop);
          await expect(reading).rejects.toBeInstanceOf(HrsyncError);
        }
      });
    });

    describe('by who changed', () => {
      it('brings nobody where nobody changed', async () => {
        const { employees, facts } = await changed();
        expect(employees).toEqual([]);
        expect(facts.totalAtStart).toBe(facts.totalAtEnd);
      });

      const events: readonly [string, (person: number) => CompanyEvent][] = [
        ['a name', (person) => ({ kind: 'change_name', person, lastName: 'Newname' })],
        ['an address', (person) => ({ kind: 'change_email', person, to: 'new@acme.example' })],
        ['a job', (person) => ({ kind: 'promote', person, to: 'Principal' })],
        [
          'a department',
          (person) => ({ kind: 'change_department', person, to: unitName(stage.company.departments, 12) }),
        ],
        ['a manager', (person) => ({ kind: 'change_manager', person, to: topManager(stage.company).id })],
        ['a first day', (person) => ({ kind: 'move_hire_date', person, to: '2026-12-24' })],
        ['a last day', (person) => ({ kind: 'terminate', person, on: '2026-12-24' })],
        ['a status', (person) => ({ kind: 'set_status', person, status: 'leave' })],
        ['the end', (person) => ({ kind: 'set_status', person, status: 'inactive' })],
        ['an office taken away', (person) => ({ kind: 'clear', person, field: 'officeId' })],
      ];
      it.each(events)('brings somebody with %s, and nobody else', async (_, event) => {
        const person = workers()[1];
        if (person === undefined) throw new Error('the company is too small');
        const since = new Date();
        stage.hr.apply(event(person.id));
        const { employees, facts } = await changed(since);
        expect(idsOf(employees)).toEqual([idOf(person)]);
        expect(employees[0]?.fields).toMatchObject(expected(person));
        expect(facts.totalAtStart).toBe(facts.totalAtEnd);
      });

      it('brings newcomers', async () => {
        const since = new Date();
        const hire = { kind: 'hire', firstName: 'Ada', lastName: 'Newcomer', email: 'ada@acme.example' } as const;
        const ada = stage.hr.apply({ ...hire, on: '2026-12-24' });
        expect(idsOf((await changed(since)).employees)).toEqual([idOf(ada ?? { id: 0 })]);
      });

      it('brings several pages of people, each once, in totals that agree', async () => {
        const people = stage.company.people.slice(0, 130);
        const since = new Date();
        for (const { id } of people) stage.hr.apply({ kind: 'promote', person: id, to: `Title ${id}` });
        const { employees, facts } = await changed(since);
        expect(new Set(idsOf(employees)).size).toBe(employees.length);
        expect(idsOf(employees)).toEqual(expect.arrayContaining(people.map(idOf)));
        expect([facts.totalAtStart, facts.totalAtEnd]).toEqual(
          facts.totalAtStart === null ? [null, null] : [employees.length, employees.length],
        );
      });

      it('reaches back by itself, for clocks that go wrong', async () => {
        const person = workers()[0];
        stage.hr.apply({ kind: 'promote', person: person?.id ?? 0, to: 'Principal' });
        const { employees } = await changed(new Date(Date.now() + 3_600_000));
        expect(idsOf(employees)).toEqual([idOf(person ?? { id: 0 })]);
      });

      it(`${seesRenames ? 'brings' : 'does not find'} people whose department, team or office was renamed`, async () => {
        const { departments, teams, offices, legalEntities } = stage.company;
        for (const [event, belongs] of [
          [{ kind: 'rename_department', department: unitName(departments, 12), to: 'Anew' }, 'departmentId'],
          [{ kind: 'rename_unit', of: 'team', unit: unitName(teams, 13), to: 'Anew' }, 'teamId'],
          [{ kind: 'rename_unit', of: 'office', unit: unitName(offices, 303), to: 'Anew' }, 'officeId'],
          [{ kind: 'rename_unit', of: 'legal_entity', unit: unitName(legalEntities, 402), to: 'A' }, 'legalEntityId'],
        ] as const) {
          const unit = { departmentId: 12, teamId: 13, officeId: 303, legalEntityId: 402 }[belongs];
          const members = stage.company.people.filter((person) => person[belongs] === unit);
          expect(members.length).toBeGreaterThan(0);
          stage.hr.apply(event);
          const { employees } = await changed();
          const came = new Set(idsOf(employees));
          expect(members.filter((person) => came.has(idOf(person)))).toHaveLength(seesRenames ? members.length : 0);
        }
      });

      it.each([
        { kind: 'html' },
        { kind: 'status', status: 500 },
        { kind: 'status', status: 403 },
      ] satisfies FaultOrder['fault'][])('fails where answers come as $kind $status', async (fault) => {
        strike(fault);
        await expect(changed()).rejects.toBeInstanceOf(HrsyncError);
      });
    });

    it('sends nothing that could change anything, and tells what asking costs', async () => {
      const { capabilities } = stage.open();
      expect(capabilities?.peoplePerPage).toBeGreaterThan(0);
      expect(capabilities?.idsPerRequest).toBeGreaterThan(0);
      await changed();
      await named([plainPerson(stage.company)]);
      expect(stage.system.requests.writes()).toEqual([]);
    });
  });
}
