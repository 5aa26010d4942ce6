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
  expect(elements.filter(({ tag }) => tag === 'script')).toHaveLength(1);
  const foreign = ['a', 'img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'audio', 'video', 'b'];
  expect(elements.filter(({ tag }) => foreign.includes(tag))).toEqual([]);
  const attributes = elements.flatMap((element) => Object.entries(element.attributes));
  expect(attributes.filter(([name]) => /^(on|src|style|action|formaction|xlink)/.test(name))).toEqual([]);
  expect(attributes.filter(([name]) => name === 'href')).toEqual([]);
}

const REFUSED = {
  verdict: 'refused',
  restGoesOn: false,
  endingsGoOn: false,
  limits: [{ kind: 'deactivate', planned: 31, allowed: 20, of: 396 }],
} as const;

describe('the page for HR', () => {
  it('can be read without its script: who loses access, who is mailed, the calendar, corrections, data, newcomers', async () => {
    const { page, texts } = await read(fullRun());
    expect(await page.title()).toBe('acme: plan for 24 November 2026');
    expect(await texts('h2')).toEqual([
      ...['Who loses access 1', 'Who is mailed an invitation 1', 'Whose account is linked 1'],
      ...['What the calendar will bring 2', 'Left as they are 3', 'Data that changes 2', 'New accounts 1'],
      ...['Good to know', 'How this was checked'],
    ]);
    expect(await texts('[aria-labelledby=leavers] .row')).toEqual([
      'Eva Example 1003@acme.example #1003 · last day was 23 November 2026',
    ]);
    expect(await texts('[aria-labelledby=mailed] .row')).toEqual([
      'Ada Lovelace ada@acme.example #1001 · starts on 24 November 2026',
    ]);
    expect((await texts('[aria-labelledby=updates] .row'))[0]).toBe(
      'Max Müller max@acme.example #1002Job title: Engineer → Lead engineerPrimary team: Sales → (none)',
    );
    expect(await texts('[aria-labelledby=new] .row > *')).toEqual([
      'Ada Lovelace invited ada@acme.example #1001',
      ...['Engineer', 'Research', 'London', '#1002', '24 November 2026'],
    ]);
    expect(await texts('.checks li')).toContain('Held: pages do not overlap');
    expect(await texts('summary')).toContain('Two people with one e-mail address 1');
    expect(await texts('[aria-labelledby=calendar] .row')).toEqual([
      '1 December 2026 invitation Noah New 1009@acme.example #1009',
      '31 December 2026 loses access Lea Leaving 1010@acme.example #1010',
    ]);
    expect(await page.locator('#controls').isVisible()).toBe(false);
  });

  it('speaks as HR does: no flag, no command, no key of the config, every day written one way', async () => {
    const { page } = await read(
      fullRun({
        notices: [
          ...fullRun().notices,
          '2 people have not accepted their invitation yet: #7, #8',
          '3 changes wait for the next try after a failure; "hrsync status" says whose, why and until when',
          '"hrsync revert 4" tries again',
        ],
        safety: REFUSED,
      }),
    );
    const text = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
    expect(text).toContain('312 people hired before the first import (1 November 2026) get an account');
    expect(text).toContain('3 changes wait for the next try after a failure');
    expect(text).toContain('1 more note for whoever runs the import stands in its log');
    expect(text).not.toMatch(/--[a-z]|hrsync|\b[a-z]+_[a-z_]+\b|\d{4}-\d\d-\d\d|invitations\./);
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
        expect(elements.filter(({ attributes }) => attributes['class'] === 'row')).toHaveLength(5);
      }),
      { numRuns: 25 },
    );
  });

  it('tells of a refusal first, with the figures and whom to answer', async () => {
    const { texts } = await read(fullRun({ safety: REFUSED }));
    expect((await texts('.verdict'))[0]).toContain('refused until somebody confirms it');
    expect((await texts('h2'))[0]).toBe('This needs your confirmation');
    const refused = (await texts('section[aria-labelledby=refused]'))[0];
    expect(refused).toContain('31 accounts would be deactivated; at most 20 are allowed (of 396 accounts).');
    expect(refused).toContain('Eva Example 1003@acme.example #1003');
    expect(refused).toContain('If all 31 are right, tell whoever sent you this page, with the number.');
  });

  it('of a saved plan names the file, the checksum, how long it is valid and how it is approved', async () => {
    const savedPlan = { file: '/srv/plans/go-live.plan', digest: 'sha256:abc', expiresAt: '2026-12-01T02:00:00.000Z' };
    const { texts } = await read(fullRun({ savedPlan }));
    const [card = ''] = await texts('section[aria-labelledby=approve]');
    expect(card).toContain('answer whoever sent you this page: I approve the plan with the checksum sha256:abc');
    expect(card).toContain('Filego-live.plan');
    expect(card).toContain('Valid until1 December 2026, 02:00 UTC');
    expect(card).not.toContain('/srv');
  });

  it('of a real run lists first what is not done, each with its reason', async () => {
    const failed = change({ outcome: 'failed', error: 'the e-mail address belongs to another account' });
    const result = runResult({ changes: [failed, change({ outcome: 'done' })] }, { dryRun: false, exitCode: 4 });
    const { page, texts } = await read(result);
    expect(await page.title()).toBe('acme: run 17 for 24 November 2026');
    expect((await texts('.verdict'))[0]).toMatch(/^Partly done in .*1 updated; 1 failed/);
    expect((await texts('h2'))[0]).toBe('Not done yet 1');
    expect(await texts('.error')).toEqual(['the e-mail address belongs to another account']);
    expect(await texts('.tag.failed')).toEqual(['did not work', 'did not work']);
  });

  it('marks the account of an administrator wherever it stands', async () => {
    const admin = { privileged: true, employee: person('9', 'Olga Owner') };
    const gone = change({ ...admin, kind: 'deactivate', fields: {}, because: 'last day was 2026-11-23' });
    const { texts } = await read(runResult({ changes: [gone, change(admin), change(), change(), change()] }));
    expect(await texts('[aria-labelledby=leavers] .row')).toEqual([
      'Olga Owner administrator 9@acme.example #9 · last day was 23 November 2026',
    ]);
    expect((await texts('[aria-labelledby=updates] > ul .row'))[0]).toMatch(/^Olga Owner administrator/);
  });

  it('draws departments, the smaller ones together', async () => {
    const changes = Array.from({ length: 20 }, (_, index) =>
      Array.from({ length: 20 - index }, () => change({ department: `Department ${index}` })),
    ).flat();
    const { texts } = await read(runResult({ changes: [...changes, change()] }));
    const bars = await texts('.bars th');
    expect(bars[0]).toBe('Department 0');
    expect(bars.at(-1)).toBe('6 more departments');
    expect(bars).toHaveLength(15);
    expect(await texts('.bars + .quiet')).toEqual(['1 without a department.']);
  });

  it('says that there is nothing to do', async () => {
    const { texts } = await read(runResult());
    expect(await texts('.verdict')).toEqual(['Learn Amp is in step with HR: there is nothing to do.']);
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
