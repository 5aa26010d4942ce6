import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { day, test } from '../support/connector.js';
import { hire } from '../support/people.js';

describe('a filter with alternatives', () => {
  test('lets in whom one of them fits, is explained whole, and names the value that is gone', async ({ connect }) => {
    const connector = await connect({ people: 60 });
    const ada = hire(connector, 'Ada', day(-9));
    const bea = hire(connector, 'Bea', day(-9));
    const others = connector.company.legalEntities.filter(({ id }) => id !== bea.legalEntityId).map(({ name }) => name);
    const any = [
      { field: 'legal_entity', in: others },
      { field: 'job_title', matching: '^Board' },
    ];
    await connector.configure({ employees: { filter: [{ field: 'work_email', empty: false }, { any }] } });
    connector.hr.apply({ kind: 'promote', person: ada.id, to: 'Board member' });
    connector.hr.apply({ kind: 'promote', person: bea.id, to: 'Contractor' });
    const { skipped } = await connector.imported();
    const reasons = new Map(skipped.map(({ employee, message }) => [employee.id, message]));
    const why = /^legal_entity is not one of .*, and job_title does not match \^Board/;
    expect(reasons.get(String(bea.id))).toMatch(new RegExp(`${why.source}, so the filter keeps this person out$`));
    expect(connector.account(ada)).toMatchObject({ jobTitle: 'Board member' });
    const { stdout } = await connector.run(['explain', String(bea.id), '--fresh']);
    expect(stdout).toMatch(/out of scope: legal_entity is not one of .*, and job_title does\s+not match \^Board/);

    const cleo = hire(connector, 'Cleo', day(-9));
    connector.hr.apply({ kind: 'promote', person: cleo.id, to: 'Board member' });
    const plan = join(connector.folder, 'plan.json');
    await connector.run(['plan', '--out', plan]);
    const fewer = [{ any: any.slice(0, 1) }];
    await connector.configure({ employees: { filter: [{ field: 'work_email', empty: false }, ...fewer] } });
    const stale = await connector.run(['apply', plan]);
    expect([stale.code, stale.stderr]).toEqual([9, expect.stringContaining('employees.filter has changed')]);

    await connector.configure({ employees: { filter: [{ field: 'work_email', empty: false }, { any }] } });
    for (const unit of others) connector.hr.apply({ kind: 'rename_unit', of: 'legal_entity', unit, to: `${unit} SE` });
    const { code, stderr } = await connector.run(['import-all', '--quiet']);
    expect(code).toBe(5);
    expect(stderr).toContain(`no employee has legal_entity "${others[0]}" any more`);
    expect(stderr).toMatch(/employees\.filter \(line \d+\)/);
  });
});
