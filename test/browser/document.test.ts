import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skipCause } from '../../src/core/corrections.js';
import { lifecycleOf } from '../../src/core/lifecycle.js';
import { htmlReport } from '../../src/report/html/document.js';
import type { RunResult } from '../../src/report/reporter.js';
import { hostileText } from '../support/hostile.js';
import { hostileRun } from '../support/hostile-run.js';
import { type ParsedElement, parse } from '../support/in-page.js';
import { useBrowser } from '../support/report-page.js';
import { whole } from '../support/whole.js';
import { change, fullRun, person, runResult } from '../unit/report/acme.js';

const chromium = useBrowser();
/** Opens a report in a browser that runs no scripts. */
const read = (result: RunResult) => chromium.open(result, { javaScriptEnabled: false });

/** Nothing in the page but what we put there: our script, our data, no handlers, no addresses, no tags of others. */
function expectOurs(elements: readonly ParsedElement[]): void {
  const scripts = elements.filter(({ tag }) => tag === 'script').map(({ attributes }) => attributes['type']);
  expect(scripts.filter((type) => type === undefined).length).toBeLessThanOrEqual(1);
  expect(scripts.filter((type) => type !== undefined && type !== 'application/json')).toEqual([]);
  const foreign = ['img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'audio', 'video', 'b'];
  expect(elements.filter(({ tag }) => foreign.includes(tag))).toEqual([]);
  const attributes = elements.flatMap((element) => Object.entries(element.attributes));
  expect(attributes.filter(([name]) => /^(on|src|style|action|formaction|xlink)/.test(name))).toEqual([]);
  expect(attributes.filter(([name]) => name === 'href').map(([, value]) => value)).toEqual(['#all']);
}

describe('the page for HR', () => {
  it('can be read without its script: figures, calendar, skips, proof, and every change before and after', async () => {
    const { page, texts } = await read(fullRun());
    expect(await page.title()).toBe('acme: plan for 24 November 2026');
    expect((await texts('.tiles div')).map((text) => text.replace(/^(\D+)(\d+)$/, '$2 $1'))).toEqual([
      ...['412 employees in HR', '1 to create', '1 to adopt', '2 to update', '0 to reactivate', '1 to deactivate'],
      ...['0 to delete', '1 invitations mailed', '386 in step already', '2 scheduled', '3 skipped'],
    ]);
    const changes = await texts('#changes > li');
    expect(changes).toHaveLength(5);
    expect(changes[0]).toMatch(/^Create Ada Lovelace ada@acme.example #1001 is mailed an invitation ?new; starts on/);
    expect(changes[2]).toBe(
      'Update Max Müller max@acme.example #1002account 77Job titleEngineer → Lead engineerPrimary teamSales → (none)',
    );
    expect(await texts('.checks li')).toContain('Held: pages do not overlap');
    expect(await texts('h3')).toContain('HR can correct these');
    expect(await texts('summary')).toContain('Two people with one e-mail address 1');
    const dated = (await texts('tbody tr')).filter((text) => text.includes('1 December 2026'));
    expect(dated.some((text) => text.includes('Noah New'))).toBe(true);
    expect(await page.locator('#controls').isVisible()).toBe(false);
  });

  it('lets a browser run its own script and style sheet and nothing else', async () => {
    const { page, texts } = await read(fullRun());
    const policy = (await page.locator('meta[http-equiv]').getAttribute('content')) ?? '';
    const exact = async (selector: string) => (await page.locator(selector).textContent()) ?? '';
    const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${digest(await exact('style'))}`,
      `script-src ${digest(await exact('script:not([type])'))}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect((await texts('script:not([type])'))[0]).not.toMatch(/<!--|<\/script|https?:|\bimport\b/);
    expect((await texts('style'))[0]).not.toMatch(/url\(|@import|https?:/);
  });

  it('holds whatever HR, the LMS or the config say as text', async () => {
    const page = await chromium.browser.newPage();
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 6, maxLength: 6 }), async (texts) => {
        const elements = await page.evaluate(parse, await whole(htmlReport(hostileRun(texts))));
        expectOurs(elements);
        expect(elements.filter(({ attributes }) => attributes['class'] === 'change')).toHaveLength(2);
        const rows = elements.filter(({ attributes }) => attributes['class'] === 'rows');
        expect(JSON.parse(rows[0]?.text ?? '')).toHaveLength(2);
      }),
      { numRuns: 25 },
    );
  });

  it('tells of a refusal with the figures and both ways to allow it', async () => {
    const limits = [{ kind: 'deactivate', planned: 31, allowed: 20, of: 396 }] as const;
    const { texts } = await read(
      fullRun({ safety: { verdict: 'refused', restGoesOn: false, endingsGoOn: false, limits } }),
    );
    expect((await texts('.verdict'))[0]).toContain('refused until somebody confirms it');
    const proof = (await texts('section[aria-labelledby=proof]'))[0];
    expect(proof).toContain('31 accounts would be deactivated; at most 20 are allowed (of 396 accounts)');
    expect(proof).toContain('--allow deactivate=31');
    expect(proof).toContain('hrsync plan --out');
  });

  it('of a real run tells what became of each change', async () => {
    const failed = change({ outcome: 'failed', error: 'the e-mail address belongs to another account' });
    const result = runResult({ changes: [failed, change({ outcome: 'done' })] }, { dryRun: false, exitCode: 4 });
    const { page, texts } = await read(result);
    expect(await page.title()).toBe('acme: run 17 for 24 November 2026');
    expect((await texts('.verdict'))[0]).toMatch(/^Partly done in .*1 updated; 1 failed/);
    expect(await texts('#outcome option')).toEqual(['all', 'failed (1)', 'done (1)']);
    expect(await texts('.change .error')).toEqual(['the e-mail address belongs to another account']);
  });

  it('draws departments, the smaller ones together', async () => {
    const changes = Array.from({ length: 20 }, (_, index) =>
      Array.from({ length: 20 - index }, () => change({ department: `Department ${index}` })),
    ).flat();
    const { texts } = await read(runResult({ changes: [...changes, change()] }));
    const bars = await texts('.bars th');
    expect(bars[1]).toBe('Department 0');
    expect(bars.at(-1)).toBe('6 more departments');
    expect(bars).toHaveLength(16);
    expect(await texts('.bars + .quiet')).toEqual(['1 without a department.']);
  });

  it('says that there is nothing to do', async () => {
    const { page, texts } = await read(runResult());
    expect(await texts('.verdict')).toEqual(['The learning platform is in step with HR: there is nothing to do.']);
    expect(await page.locator('script').count()).toBe(0);
  });

  it('names the way out where a large plan is read without its script', async () => {
    const changes = Array.from({ length: 1_001 }, (_, index) => change({ employee: person(String(index), 'Ada') }));
    const { texts } = await read(runResult({ changes }));
    expect(await texts('#changes > li')).toHaveLength(200);
    expect((await texts('noscript'))[0]).toContain('the first 200 of 1,001 changes');
  });
});

describe('skips', () => {
  it('tell an end before its start from other values, in the words of the core', () => {
    const fields = { status: 'active', start_date: '2027-05-01', termination_date: '2027-04-01' };
    const lifecycle = lifecycleOf({ id: '1', fields }, '2026-11-24', ['inactive', 'termination_date']);
    if (lifecycle.stage !== 'unclear') throw new Error('the core has become more lenient');
    const skip = { employee: person('1', 'Ada'), reason: 'invalid_value' } as const;
    expect(skipCause({ ...skip, message: lifecycle.problem })).toBe('ends_before_start');
    expect(skipCause({ ...skip, message: 'cost_center holds "x", which is no integer' })).toBe('invalid_value');
  });
});
