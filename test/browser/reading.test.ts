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
    for (const button of await page.locator('#kinds button').all()) await button.click();
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
    expect(await page.evaluate(misplaced, 'h1, p:not(#paper), dd, bdi, .tiles div, .list td, #controls input')).toEqual(
      [],
    );
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
      ...['a To the changes', 'summary By day', 'summary No e-mail address 2'],
      ...['summary Two people with one e-mail add', 'summary What the words mean', '#search'],
      ...['button Create 1', 'button Adopt 1', 'button Update 2', 'button Deactivate 1'],
    ]);
  });

  it('jumps to the changes, opens what is folded, searches and filters', async () => {
    const { page, texts } = await chromium.open(fullRun());
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab', 'Enter');
    expect((await page.evaluate(focused)).name).toBe('#all');
    await press('Tab', 'Enter');
    expect(await page.getByText('the person can no longer log in').isVisible()).toBe(true);
    await press('Tab', 'Tab', 'Tab', 'Tab', 'Space');
    expect(await texts('#count')).toEqual(['2 of 5 changes']);
    await press('/', 'm', 'a', 'x');
    await page.locator('#count', { hasText: '1 of 5 changes' }).waitFor();
    expect((await page.evaluate(focused)).name).toBe('#search');
    await press('Escape');
    expect(await page.locator('#search').inputValue()).toBe('');
    expect(await texts('#count')).toEqual(['2 of 5 changes']);
  });
});

describe('on paper', () => {
  it('everything stands there, also what is folded on the screen, in dark ink', async () => {
    const { page } = await chromium.open(colourfulRun(), { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(
      await page.evaluate(misplaced, 'h1, h2, p:not(#paper):not(#controls p), li, td, dd:not(.screen dd)'),
    ).toEqual([]);
    expect(await page.locator('#controls').isVisible()).toBe(false);
    expect(await page.evaluate(tooFaint)).toEqual([]);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('a large plan is printed as far as anybody would read, and says so', async () => {
    const { page, texts } = await chromium.open(
      runResult({ changes: Array.from({ length: 1_200 }, (_, id) => change({ employee: person(`${id}`, 'Ada') })) }),
    );
    const pages = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(40);
    expect(await texts('#changes li')).toHaveLength(1_000);
    expect(await texts('#paper')).toEqual(['Only the first 1,000 are printed; the page itself holds all.']);
  });
});
