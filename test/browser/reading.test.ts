import { describe, expect, it } from 'vitest';
import { hostileRun } from '../support/hostile-run.js';
import { focused, misplaced, overhang, smuggle, tooFaint } from '../support/in-page.js';
import { useBrowser } from '../support/report-page.js';
import { change, fullRun, person, runResult } from '../unit/report/acme.js';

const chromium = useBrowser();

const REFUSED = {
  verdict: 'refused',
  restGoesOn: false,
  endingsGoOn: false,
  limits: [{ kind: 'deactivate', planned: 31, allowed: 20, of: 396 }],
} as const;
const MISSING = [{ employee: person('7', 'Mia Missing'), since: '2026-11-20', reads: 1, goneOn: '2026-11-26' }];

/** Something of everything that a page can show, each in its colour. */
function colourfulRun() {
  const kinds = ['create', 'adopt', 'update', 'reactivate', 'invite', 'deactivate', 'delete'] as const;
  const outcomes = ['planned', 'done', 'failed', 'deferred', 'uncertain'] as const;
  const changes = [...kinds, ...kinds].map((kind, place) =>
    change({ kind, invites: kind === 'create', department: kind, outcome: outcomes[place % 5] ?? 'done', error: 'no' }),
  );
  const { scheduled, skipped } = fullRun();
  return runResult({ changes }, { scheduled, skipped, missing: MISSING, safety: REFUSED, notices: ['known'] });
}

describe('the page in a browser', () => {
  it('keeps out whatever gets into it: no foreign script runs, nothing is asked for', async () => {
    const { page, troubles } = await chromium.open(fullRun());
    const refused: (string | undefined)[] = [];
    page.on('requestfailed', (request) => refused.push(request.failure()?.errorText));
    await page.evaluate(
      smuggle,
      '<img src="http://127.0.0.1:9/x.png" onerror="alert(1)"><iframe src="https://a.example"></iframe><style>h1 { display: none }</style><svg onload="alert(2)"></svg>',
    );
    const byPolicy = () => troubles.filter((text) => text.includes('Content Security Policy'));
    await expect.poll(() => byPolicy().length).toBeGreaterThan(3);
    expect(refused).toEqual(['csp']);
    expect(troubles.filter((text) => !byPolicy().includes(text))).toEqual(['asked for http://127.0.0.1:9/x.png']);
    expect(await page.locator('h1').isVisible()).toBe(true);
    troubles.length = 0;
  });

  it.each(['light', 'dark'] as const)('stands out from its background in the %s', async (colorScheme) => {
    const { page } = await chromium.open(colourfulRun(), { colorScheme });
    expect(await page.evaluate(tooFaint)).toEqual([]);
  });

  it('follows the system from light to dark', async () => {
    const { page } = await chromium.open(fullRun(), { colorScheme: 'light' });
    const light = await page.screenshot();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(light.equals(await page.screenshot())).toBe(false);
  });

  it.each([320, 390, 1_440])('needs no scrolling sideways at %i pixels, whatever people are called', async (width) => {
    const long = ['W'.repeat(5_000), '\u202Ex', 'a'.repeat(300), '山'.repeat(500), 'لا'.repeat(500), '<b>'.repeat(50)];
    const { page } = await chromium.open(hostileRun(long), { viewport: { width, height: 800 } });
    expect(await page.evaluate(overhang)).toBe(0);
    const folded = page.locator('details:not([open]) > summary');
    while ((await folded.count()) > 0) await folded.first().click();
    expect(await page.evaluate(overhang)).toBe(0);
    expect(await page.evaluate(misplaced, 'h1, p:not(.paper), dd, bdi, .list td, #controls input')).toEqual([]);
  });
});

describe('the keyboard alone', () => {
  it('reaches everything in the order of reading, and shows where it is', async () => {
    const { page } = await chromium.open(fullRun());
    const stops: string[] = [];
    for (;;) {
      await page.keyboard.press('Tab');
      const { name, ring } = await page.evaluate(focused);
      if (name.startsWith('body') || stops.includes(name)) break;
      expect(ring, name).toBe(true);
      stops.push(name);
    }
    expect(stops).toEqual([
      ...['#search', 'summary No e-mail address 2', 'summary Two people with one e-mail add'],
      ...['summary The checks of the read', 'summary The limits'],
    ]);
  });

  it('opens what is folded, and searches', async () => {
    const { page } = await chromium.open(fullRun());
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab', 'Tab', 'Enter');
    expect(await page.getByText('Jane Doe').isVisible()).toBe(false);
    await press('/', 'm', 'a', 'x');
    await page.locator('#count', { hasText: '1 entry found' }).waitFor();
    expect((await page.evaluate(focused)).name).toBe('#search');
    await press('Escape');
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await page.getByText('Jim Doe').isVisible()).toBe(false);
  });
});

describe('on paper', () => {
  it('everything stands there, also what is folded on the screen, in dark ink', async () => {
    const { page } = await chromium.open(colourfulRun(), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(misplaced, 'h1, h2, p, li, td:not(.also), dd')).toEqual([]);
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.evaluate(tooFaint)).toEqual([]);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('a first import of 400 people takes 12 pages at most, with everybody on them', async () => {
    const created = Array.from({ length: 360 }, (_, index) => newcomer(index));
    const { page } = await chromium.open(runResult({ changes: created }));
    expect(pagesOf(await page.pdf({ format: 'A4' }))).toBeLessThanOrEqual(12);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.row:visible').count()).toBe(360);
  });

  it('a large plan is printed as far as anybody would read, and says so', async () => {
    const created = Array.from({ length: 2_000 }, (_, index) => newcomer(index));
    const { page } = await chromium.open(runResult({ changes: created }));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.row:visible').count()).toBe(1_020);
    expect(await page.locator('.paper:visible').first().innerText()).toBe(
      'Paper shows the first of 2,000; the page itself has more.',
    );
  });
});

const pagesOf = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

/** A new account as full as those of a real company. */
function newcomer(index: number) {
  const values = {
    job_title: 'Senior Warehouse Clerk',
    primary_team: 'People & Culture',
    primary_location: 'München',
    manager: '1001',
    hire_date: '2017-09-24',
    'custom_fields.Cost centre': '4100 Operations',
    'custom_fields.Badge': 500_000 + index,
  };
  const fields = Object.fromEntries(Object.entries(values).map(([name, after]) => [name, { before: null, after }]));
  const employee = person(
    `${2_000 + index}`,
    'Anna-Lena von der Heide',
    `anna-lena.von-der-heide${index}@acme.example`,
  );
  return change({ kind: 'create', account: null, employee, fields, because: 'new' });
}
