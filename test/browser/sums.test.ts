import { describe, expect, it } from 'vitest';
import { FATES, type Fate, headcount, noFates } from '../../src/core/headcount.js';
import type { RunResult } from '../../src/report/reporter.js';
import { useBrowser } from '../support/report-page.js';
import { change, person, runResult } from '../unit/report/acme.js';

const chromium = useBrowser();

const counted = (total: number, fates: Partial<Record<Fate, number>>, others = { gone: 0, expired: 0 }) => ({
  headcount: headcount(total, { ...noFates(), ...fates }, others),
});
const open = (partial: Partial<RunResult>) => chromium.open(runResult({}, partial));
const numbersIn = (text: string) => (text.match(/\d[\d,]*/g) ?? []).map((number) => Number(number.replaceAll(',', '')));
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('the sentence and the bar', () => {
  it('say what becomes of everybody, and add up', async () => {
    const fates = { gets_account: 360, gets_account_later: 7, lacks_email: 2, is_filtered_out: 8 };
    const { page, texts } = await open(counted(400, fates));
    const [sentence = ''] = await texts('.lead');
    expect(sentence).toBe(
      'Of 400 people 360 get an account today, 7 on their first day, 2 lack an e-mail, 8 are filtered out, 23 have left.',
    );
    const [total, ...parts] = numbersIn(sentence);
    expect(sum(parts)).toBe(total);
    expect(sum(numbersIn((await texts('.legend')).join(' ')))).toBe(total);
    const widths = await page
      .locator('.bar rect')
      .evaluateAll((rects) =>
        rects.map(
          (rect) => (rect as unknown as { getBoundingClientRect(): { width: number } }).getBoundingClientRect().width,
        ),
      );
    const bar = (await page.locator('.bar').boundingBox())?.width ?? 0;
    expect(Math.abs(sum(widths) - bar)).toBeLessThan(1);
  });

  it('show one of twenty thousand, and no fate that is nobody’s', async () => {
    const { page, texts } = await open(counted(20_000, { loses_access: 1, is_in_step: 19_999 }));
    expect(await texts('.lead')).toEqual(['Of 20,000 people 1 loses access, 19,999 stay as they are.']);
    expect(await texts('.legend li')).toEqual(['1 lose access', '19,999 stay as they are']);
    expect((await page.locator('.bar rect').first().boundingBox())?.width).toBeGreaterThan(3);
  });

  it('have words for every fate, of one person and of several', async () => {
    for (const number of [1, 2]) {
      const all = Object.fromEntries(FATES.map((fate) => [fate, number]));
      const { texts } = await open(counted(FATES.length * number, all));
      const [, ...parts] = numbersIn((await texts('.lead'))[0]?.replace('24 November 2026', '') ?? '');
      expect(parts).toEqual(FATES.map(() => number));
    }
  });

  it('leave aside whom HR did not show, and say so', async () => {
    const { texts } = await open(counted(10, { is_in_step: 10 }, { gone: 2, expired: 1 }));
    expect(await texts('.lead')).toEqual([
      'Of 10 people 10 stay as they are. 2 more people whom HR does not show any more lose access. 1 closed account of people who left before is deleted.',
    ]);
  });

  it('are left out where a run is for some people only', async () => {
    const { page, texts } = await chromium.open(
      runResult({ changes: [change(), change({ kind: 'deactivate', fields: {} })] }, { headcount: null }),
    );
    expect(await texts('.lead')).toEqual(['1 loses access, 1 change of data.']);
    expect(await page.locator('.bar').count()).toBe(0);
  });
});

describe('what is folded', () => {
  it('lists thirty people at once, and of more the first twenty', async () => {
    const listed = async (count: number) => {
      const changes = Array.from({ length: count }, (_, id) =>
        change({ kind: 'deactivate', fields: {}, employee: person(`${id}`, `Person ${id}`) }),
      );
      const { page, texts } = await chromium.open(runResult({ changes }));
      return { visible: await page.locator('.row:visible').count(), folds: await texts('.chunk > summary'), page };
    };
    expect(await listed(30)).toMatchObject({ visible: 30, folds: [] });
    expect(await listed(31)).toMatchObject({ visible: 20, folds: ['11 more'] });
    const { folds, page } = await listed(600);
    expect(folds).toEqual(['21 to 270 of 600', '271 to 520 of 600', '521 to 600 of 600']);
    await page.locator('.chunk > summary').last().click();
    expect(await page.locator('.row:visible').count()).toBe(100);
  });

  it('tells equal changes together, with everybody inside', async () => {
    const renamed = Array.from({ length: 46 }, (_, id) =>
      change({
        employee: person(`${id}`, `Person ${id}`),
        fields: { primary_team: { before: 'Production', after: 'Production & Partners' } },
        because: 'primary_team changed',
      }),
    );
    const { page, texts } = await chromium.open(runResult({ changes: [change(), ...renamed] }));
    expect(await texts('.group[open] > summary, [aria-labelledby=updates] .group > summary')).toEqual([
      '46 people: Primary team: Production → Production & Partners',
    ]);
    expect(await page.locator('[aria-labelledby=updates] .row:visible').count()).toBe(1);
    await page.locator('[aria-labelledby=updates] .group > summary').click();
    await page.locator('[aria-labelledby=updates] .chunk > summary').click();
    expect(await page.locator('[aria-labelledby=updates] .row:visible').count()).toBe(47);
  });
});
