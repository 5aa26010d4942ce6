import { describe, expect } from 'vitest';
import { makeCompany } from '../../src/sandbox/company/make-company.js';
import type { Company, Person } from '../../src/sandbox/index.js';
import { type Connector, day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { isWanted } from '../support/expected.js';
import { connectPortal, customValue, portalUser } from '../support/learnupon.js';

/** Every kind of custom field that a portal can have, as LearnUpon numbers them. */
const KINDS = {
  text: { type: 1 },
  decimal: { type: 2 },
  integer: { type: 3 },
  choice: { type: 4 },
  'decimal choice': { type: 5 },
  'integer choice': { type: 6 },
  date: { type: 7 },
  'multi choice': { type: 4, multi: true },
} as const;
type Kind = keyof typeof KINDS;

const LINK = { key: 'dynamic_6789012', label: 'Profile page', type: 'link', options: [] } as const;

interface Row {
  /** The attribute that is mapped. */
  readonly from: string;
  readonly fits: readonly Kind[];
  /** Somebody's value in HR. */
  readonly held: (person: Person) => unknown;
}

/** The map of LearnUpon's own Personio connector, row by row, whose attributes Personio has. */
const TABLE: Readonly<Record<string, Row>> = {
  link: { from: LINK.key, fits: ['text'], held: ({ custom }) => custom[LINK.key] },
  multiline: { from: 'dynamic_4567890', fits: ['text'], held: ({ custom }) => custom['dynamic_4567890'] },
  text: { from: 'last_name', fits: ['text', 'choice'], held: ({ lastName }) => lastName },
  list: { from: 'employment_type', fits: ['text', 'choice'], held: ({ employmentType }) => employmentType },
  tags: { from: 'dynamic_2345678', fits: ['text', 'multi choice'], held: ({ custom }) => custom['dynamic_2345678'] },
  date: { from: 'start_date', fits: ['date'], held: ({ hireDate }) => hireDate },
  integer: {
    from: 'dynamic_1234567',
    fits: ['integer', 'integer choice'],
    held: ({ custom }) => custom['dynamic_1234567'],
  },
  decimal: {
    from: 'weekly_working_hours',
    fits: ['decimal', 'decimal choice'],
    held: ({ weeklyHours }) => weeklyHours,
  },
};

/** There is no boolean type: a yes or no becomes one of two texts, in a field that the config says to hold them. */
const YES_NO = {
  label: 'Internal',
  rule: { from: 'employment_type', map: { internal: true, external: false } },
  definition: { label: 'Internal', type: 4, values: ['Ja', 'Nein'] },
  told: { type: 'boolean', true_text: 'Ja', false_text: 'Nein' },
};

const CELLS = Object.entries(TABLE).flatMap(([type, row]) =>
  (Object.keys(KINDS) as Kind[]).map((kind) => ({ type, kind, ...row, label: `${type} in ${kind}` })),
);
const FITTING = CELLS.filter(({ fits, kind }) => fits.includes(kind));
const MISFITS = CELLS.filter(({ fits, kind }) => !fits.includes(kind));

/** What each kind of field takes, in the words of the message. */
const TAKEN_BY: Readonly<Record<Kind, string>> = {
  text: 'text, multiline, link, list, tags, boolean',
  choice: 'text, list, boolean',
  'multi choice': 'tags',
  date: 'date',
  integer: 'integer',
  'integer choice': 'integer',
  decimal: 'decimal',
  'decimal choice': 'decimal',
};

async function opened(connect: Parameters<typeof connectPortal>[0], cells: typeof CELLS): Promise<Connector> {
  const made = makeCompany({ size: 8, seed: 1, today: day(0) });
  const company: Company = { ...made, customAttributes: [...made.customAttributes, LINK] };
  for (const person of company.people) {
    person.custom = { ...person.custom, [LINK.key]: `https://people.acme.example/${person.id}` };
  }
  const listOf = ({ held }: Row) => [...new Set(company.people.flatMap((person) => [held(person)].flat()))];
  const definitions = cells.map(({ label, kind, ...row }) => {
    const values = kind.endsWith('choice')
      ? listOf(row).flatMap((value) => (value === null || value === undefined ? [] : String(value)))
      : null;
    return { label, ...KINDS[kind], values };
  });
  const several = definitions.filter((definition) => 'multi' in definition).map(({ label }) => label);
  const own = [{ label: 'Employee id' }, { label: 'Manager' }, YES_NO.definition];
  const told = several.map((label) => [label, { type: 'multi_choice' }]);
  return connectPortal(connect, {
    sandbox: { company, learnupon: { definitions: [...own, ...definitions] } },
    target: { custom_data: { ...Object.fromEntries(told), [YES_NO.label]: YES_NO.told } },
    mapping: {
      custom_fields: {
        ...Object.fromEntries(cells.map(({ label, from }) => [label, from])),
        [YES_NO.label]: YES_NO.rule,
      },
    },
  });
}

describe('the type table of LearnUpon', () => {
  test('every HR type against every custom field: each mismatch is named at once, and nothing is sent', async ({
    connect,
  }) => {
    const connector = await opened(connect, CELLS);
    const { code, stdout } = await connector.run(['import-all', '--json']);
    expect(code).toBe(2);
    const lines = errorDocument(stdout)
      .error.what.split('\n')
      .filter((line) => line.startsWith('- '));
    const expected = MISFITS.map(
      ({ label, type, kind, from }) =>
        `- ${label}: takes ${kind}, and ${from} is ${type}; what fits: HR fields that are ${TAKEN_BY[kind]}`,
    );
    expect(lines.map((line) => line.replace(/, or a rule with type: .*$/, '').replace(/\.$/, '')).toSorted()).toEqual(
      expected.toSorted(),
    );
    expect(connector.sandbox.learnupon.requests.writes()).toEqual([]);
    const checked = await connector.run(['check']);
    expect(checked.code).toBe(2);
    for (const { label } of MISFITS) expect(checked.stdout).toMatch(new RegExp(`^.*  ${label} .* NO$`, 'm'));
    for (const { label } of FITTING) expect(checked.stdout).toMatch(new RegExp(`^.*  ${label} .* yes$`, 'm'));
  });

  test('every pair that fits is written as its field takes it, and read back as nothing to do', async ({ connect }) => {
    const connector = await opened(connect, FITTING);
    await connector.imported();
    const people = connector.company.people.filter((person) => isWanted(person, day(0)));
    for (const person of people) {
      const user = portalUser(connector, person.email);
      for (const { label, kind, held } of FITTING) {
        const value = held(person);
        const stored = customValue(connector, user, label);
        const texts = Array.isArray(value) ? value.toSorted() : value;
        if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) {
          expect(stored, label).toBeUndefined();
        } else if (kind === 'multi choice') expect(stored, label).toEqual(texts);
        else if (kind === 'text')
          expect(stored, label).toBe(Array.isArray(texts) ? texts.join(', ') : String(texts).replaceAll('\n', ' '));
        else expect(stored, label).toBe(value);
      }
      expect(customValue(connector, user, YES_NO.label)).toBe(person.employmentType === 'internal' ? 'Ja' : 'Nein');
    }
    for (const { label } of FITTING) {
      const values = people.map(({ email }) => customValue(connector, portalUser(connector, email), label));
      if (!label.startsWith('multiline'))
        expect(
          values.filter((value) => value !== undefined),
          label,
        ).not.toEqual([]);
    }
    expect((await connector.run(['verify'])).code).toBe(0);
    connector.sandbox.learnupon.requests.clear();
    expect((await connector.imported()).changes).toEqual([]);
    expect(connector.sandbox.learnupon.requests.list()).toEqual([]);
  });
});
