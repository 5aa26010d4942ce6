import { describe, expect, it } from 'vitest';
import { type ReportedRekey, rekeyDocument, renderRekey, sayTooFew } from '../../../src/report/rekey-text.js';

const person = (id: string, name: string) => ({ id, email: null, name });
const REKEY: ReportedRekey = {
  by: 'work_email',
  source: { before: 'personio', now: 'csv' },
  pairs: [
    { from: person('1001', 'Mia Adler'), to: person('A-1', 'Mia Adler'), account: '77' },
    { from: person('1002', 'Ben Bauer'), to: person('1002', 'Ben Bauer'), account: '78' },
  ],
  unpaired: [
    { employee: person('1003', 'Cem Celik'), account: '79', why: 'nobody', fits: [] },
    { employee: person('1004', 'Dana Doe'), account: '80', why: 'name_differs', fits: ['A-4'] },
    { employee: person('1005', 'Eva\u001b[31m Ek'), account: '81', why: 'ambiguous', fits: ['A-5', 'A-6'] },
  ],
  others: [person('A-4', 'Zoe Zimmermann')],
  open: { of: 5, paired: 2, allowed: 0 },
  isRefused: true,
  rewritten: 1,
  clashing: 1,
};
const TITLES = { source: 'CSV file', target: 'Learn Amp' };

describe('a rekey', () => {
  it('shows who is who, who is left out and why, and what the next run makes of it', () => {
    expect(renderRekey(REKEY, TITLES, { width: 100, colour: false })).toMatchInlineSnapshot(`
      "2 of 5 open accounts paired by work_email; 2 links in all
      1 link under the same employee id as before

      New ids 1
      until now  from now on  name       account
      #1001      #A-1         Mia Adler  77

      Without a pair 3
      employee  name         account  why
      #1003     Cem Celik    79       nobody in CSV file has this work_email
      #1004     Dana Doe     80       #A-4 has this work_email and another name: "hrsync link" if they are
                                      one
      #1005     Eva␛[31m Ek  81       several people share this work_email (#A-5, #A-6): correct
                                      work_email in HR, or link by hand

      In CSV file without a link 1
        Zoe Zimmermann

      Note  1 account in Learn Amp will get another external id in the next run; its limits may need
            --allow email=1 and --allow update=1

      Note  1 of them should bear an external id that another account bears now: Learn Amp may refuse it
            for as long as that is so. An employees.key that both systems know, such as employee_number,
            avoids this
      "
    `);
  });

  it('says nothing of what there is nothing of', () => {
    const quiet = { ...REKEY, unpaired: [], others: [], rewritten: 0, clashing: 0, pairs: [] };
    expect(renderRekey(quiet, TITLES, { width: 100, colour: false })).toBe(
      '2 of 5 open accounts paired by work_email; 0 links in all\n',
    );
  });

  it('is refused with its figures and with what allows it', () => {
    expect(sayTooFew(REKEY)).toMatch(/^only 2 of 5 open accounts .* 3 would not.*--allow unpaired=3$/);
  });

  it('is the same for programs, with the limit that it is held to', () => {
    expect(rekeyDocument(REKEY, { rekeyed: false })).toMatchObject({
      ...{ format: 1, rekeyed: false, by: 'work_email', external_ids_to_write: 1 },
      pairs: [{ before: '1001', employee: { id: 'A-1' }, account: '77' }, { before: '1002' }],
      unpaired: [{ reason: 'nobody' }, { reason: 'name_differs', fits: ['A-4'] }, { reason: 'ambiguous' }],
      safety: { verdict: 'refused', limits: [{ kind: 'unpaired', planned: 3, allowed: 2, of: 5 }] },
    });
  });
});
