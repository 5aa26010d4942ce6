import { describe, expect, it } from 'vitest';
import { type OpenReport, useBrowser } from '../support/report-page.js';
import { change, fullRun, person, runResult } from '../unit/report/acme.js';

const chromium = useBrowser();

/** Types as a person would and waits for the page to follow. */
async function search({ page }: OpenReport, text: string, count: string): Promise<void> {
  await page.locator('#search').fill(text);
  await page.locator('#count', { hasText: new RegExp(`^${count}$`) }).waitFor();
}

const many = (count: number) =>
  runResult({
    changes: Array.from({ length: count }, (_, index) =>
      change({
        employee: person(String(1000 + index), `Person ${index}`),
        department: index % 2 === 0 ? 'Sales' : 'Legal',
        ...(index % 10 === 0 && { kind: 'deactivate', fields: {}, because: 'HR status is inactive' }),
      }),
    ),
  });

describe('the script of the page', () => {
  it('lists every change exactly as the file did', async () => {
    const report = await chromium.open(fullRun());
    const list = report.page.locator('#changes');
    const written = (await list.innerHTML()).replaceAll('\n', '');
    await search(report, 'ada', '1 of 5 changes');
    await search(report, '', '5 changes');
    expect(await list.innerHTML()).toBe(written);
  });

  it('finds people by name, address, id, department and value, in any case', async () => {
    const report = await chromium.open(fullRun());
    for (const [text, names, count] of [
      ['LOVELACE', ['Ada Lovelace'], '1 of 5 changes'],
      ['1003@acme', ['Eva Example'], '1 of 5 changes'],
      ['#1005', ['山田 太郎'], '1 of 5 changes'],
      ['nobody at all', [], '0 of 5 changes'],
      ['lead ENGINEER', ['Max Müller'], '1 of 5 changes'],
      ['', ['Ada Lovelace', '山田 太郎', 'Max Müller', 'Grace Hopper', 'Eva Example'], '5 changes'],
    ] as const) {
      await search(report, text, count);
      await expect.poll(() => report.texts('#changes .name'), { message: text }).toEqual(names);
    }
  });

  it('filters by kind, by several kinds, and by department', async () => {
    const { page, texts } = await chromium.open(many(60));
    const [update, deactivate] = [0, 1].map((place) => page.locator('#kinds button').nth(place));
    expect(await texts('#kinds button')).toEqual(['Update 54', 'Deactivate 6']);
    await deactivate?.click();
    expect(await deactivate?.getAttribute('aria-pressed')).toBe('true');
    expect(await texts('#count')).toEqual(['6 of 60 changes']);
    await update?.click();
    expect(await texts('#count')).toEqual(['60 changes']);
    await update?.click();
    expect(await texts('#department option')).toEqual(['all', 'Legal (30)', 'Sales (30)']);
    await page.locator('#department').selectOption('1');
    expect(await texts('#count')).toEqual(['6 of 60 changes']);
    await page.locator('#department').selectOption('0');
    expect(await texts('#count')).toEqual(['0 of 60 changes']);
    expect(await texts('#changes li')).toEqual([]);
  });

  it('filters by outcome', async () => {
    const result = runResult({ changes: [change({ outcome: 'done' }), change({ outcome: 'failed', error: 'no' })] });
    const { page, texts } = await chromium.open({ ...result, dryRun: false });
    await page.locator('#outcome').selectOption('failed');
    expect(await texts('#changes .error')).toEqual(['no']);
  });

  it('lists a large plan piece by piece as one scrolls, and finds what it has not listed', async () => {
    const report = await chromium.open(many(2_500));
    const { page, texts } = report;
    expect(await texts('#changes li')).toHaveLength(200);
    expect(await texts('#count')).toEqual(['2,500 changes']);
    expect(await texts('#more')).toEqual(['Show 100 more of 2,300']);
    await page.locator('#more').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => texts('#changes li').then(({ length }) => length)).toBeGreaterThanOrEqual(300);
    expect(new Set(await texts('#changes .name')).size).toBe((await texts('#changes li')).length);
    await search(report, '#3499', '1 of 2,500 changes');
    expect(await texts('#changes .name')).toEqual(['Person 2499']);
    expect(await page.locator('#more').isHidden()).toBe(true);
  });
});
