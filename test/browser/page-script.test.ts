import { describe, expect, it } from 'vitest';
import { type OpenReport, useBrowser } from '../support/report-page.js';
import { change, fullRun, person, runResult } from '../unit/report/acme.js';

const chromium = useBrowser();

/** Types as a person would and waits for the page to follow. */
async function search({ page }: OpenReport, text: string, count: string): Promise<void> {
  await page.locator('#search').fill(text);
  await page.locator('#count', { hasText: new RegExp(`^${count}$`) }).waitFor({ state: 'attached' });
}

const shown = async ({ page }: OpenReport) =>
  (await page.locator('.row:visible .name').allTextContents()).map((name) => name.trim());

const many = (count: number) =>
  runResult({
    changes: Array.from({ length: count }, (_, index) =>
      change({ kind: 'create', account: null, employee: person(String(1000 + index), `Person ${index}`) }),
    ),
  });

describe('the search of the page', () => {
  it('finds people by name, address, id and value, in any case, and comes back to the whole page', async () => {
    const report = await chromium.open(fullRun());
    const before = await report.page.locator('main').innerText();
    for (const [text, names, count] of [
      ['LOVELACE', ['Ada Lovelace', 'Ada Lovelace'], '2 entries found'],
      ['1003@acme', ['Eva Example'], '1 entry found'],
      ['#1005', ['山田 太郎'], '1 entry found'],
      ['nobody at all', [], '0 entries found'],
      ['lead ENGINEER', ['Max Müller'], '1 entry found'],
    ] as const) {
      await search(report, text, count);
      await expect.poll(() => shown(report), { message: text }).toEqual(names);
    }
    await search(report, '', '');
    expect(await report.page.locator('main').innerText()).toBe(before);
  });

  it('unfolds what it finds, hides lists without a find, and folds again', async () => {
    const report = await chromium.open(many(700));
    const { page } = report;
    expect((await shown(report)).length).toBe(20);
    await search(report, '#1699', '1 entry found');
    expect(await shown(report)).toEqual(['Person 699']);
    expect(await page.locator('details.chunk:visible').count()).toBe(1);
    await search(report, '', '');
    expect((await shown(report)).length).toBe(20);
  });

  it('unfolds no more than anybody would read', async () => {
    const report = await chromium.open(many(700));
    await search(report, 'person', '700 entries found');
    expect((await shown(report)).length).toBe(20);
  });
});
