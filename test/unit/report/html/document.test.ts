import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifecycleOf } from '../../../../src/core/lifecycle.js';
import { htmlReport } from '../../../../src/report/html/document.js';
import { causeOf } from '../../../../src/report/html/skips.js';
import type { RunResult } from '../../../../src/report/reporter.js';
import { hostileText } from '../../../support/hostile.js';
import { type Page, parsePage, whole } from '../../../support/page.js';
import { change, fullRun, person, runResult } from '../acme.js';

const read = async (result: RunResult) => whole(htmlReport(result));

/** Nothing in the page but what we put there: our script, our data, no handlers, no addresses, no tags of others. */
function expectOurs({ document }: Page): void {
  const elements = [...document.querySelectorAll('*')];
  const scripts = [...document.querySelectorAll('script')].map((script) => script.getAttribute('type'));
  expect(scripts.filter((type) => type === null).length).toBeLessThanOrEqual(1);
  expect(scripts.filter((type) => type !== null && type !== 'application/json')).toEqual([]);
  const tags = new Set(elements.map(({ tagName }) => tagName.toLowerCase()));
  const foreign = ['img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'audio', 'video', 'b'];
  expect(foreign.filter((tag) => tags.has(tag))).toEqual([]);
  const attributes = elements.flatMap((element) => [...element.attributes]);
  expect(attributes.filter(({ name }) => /^(on|src|style|action|formaction|xlink)/.test(name))).toEqual([]);
  expect(attributes.filter(({ name }) => name === 'href').map(({ value }) => value)).toEqual(['#all']);
}

describe('the page for HR', () => {
  it('can be read without its script: figures, calendar, skips, proof, and every change before and after', async () => {
    const page = parsePage(await read(fullRun()));
    expect(page.document.title).toBe('acme: plan for 24 November 2026');
    expect(page.texts('.tiles div').map((text) => text.replace(/^(\D+)(\d+)$/, '$2 $1'))).toEqual([
      ...['412 employees in HR', '1 to create', '1 to adopt', '2 to update', '0 to reactivate', '1 to deactivate'],
      ...['0 to delete', '1 invitations mailed', '386 in step already', '2 scheduled', '3 skipped'],
    ]);
    const changes = page.texts('#changes > li').map((text) => text.replace(/\s+/g, ' ').trim());
    expect(changes).toHaveLength(5);
    expect(changes[0]).toMatch(/^Create Ada Lovelace ada@acme.example #1001 is mailed an invitation ?new; starts on/);
    expect(changes[2]).toBe(
      'Update Max Müller max@acme.example #1002account 77Job titleEngineer → Lead engineerPrimary teamSales → (none)',
    );
    expect(page.texts('.checks li')).toContain('Held: pages do not overlap');
    expect(page.texts('h3')).toContain('HR can correct these');
    expect(page.texts('summary')).toContain('Two people with one e-mail address 1');
    expect(page.texts('tbody tr').some((text) => text.includes('1 December 2026') && text.includes('Noah New'))).toBe(
      true,
    );
    expect(page.element('controls').hidden).toBe(true);
    expectOurs(page);
  });

  it('lets a browser run its own script and style sheet and nothing else', async () => {
    const page = parsePage(await read(fullRun()));
    const policy = page.document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    const digest = (text: string | undefined) =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${digest(page.texts('style')[0])}`,
      `script-src ${digest(page.texts('script:not([type])')[0])}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.texts('script:not([type])')[0]).not.toMatch(/<!--|<\/script|https?:|\bimport\b/);
    expect(page.texts('style')[0]).not.toMatch(/url\(|@import|https?:/);
  });

  it('holds whatever HR, the LMS or the config say as text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 6, maxLength: 6 }), async (texts) => {
        const [one = '', two = '', three = '', four = '', five = '', six = ''] = texts;
        const someone = person(one, two, three);
        const result = runResult(
          {
            changes: [
              change({
                employee: someone,
                account: four,
                because: five,
                error: six,
                department: one,
                fields: { [two]: { before: three, after: [four, five] } },
              }),
              change({ kind: 'create', employee: someone, fields: { [six]: { before: null, after: one } } }),
            ],
            scheduled: [{ kind: 'invite', employee: someone, on: '2026-12-01' }],
            skipped: [{ employee: someone, reason: 'invalid_value', message: two }],
          },
          {
            connector: six,
            notices: [one],
            missing: [{ employee: someone, since: '2026-11-20', reads: 1, goneOn: '2026-11-26' }],
            source: { type: 'x', title: two },
            read: { employees: 1, complete: false, inScope: 1, checks: [{ held: false, sentence: three }] },
            safety: {
              verdict: 'refused',
              restGoesOn: false,
              limits: [{ kind: 'update', planned: 2, allowed: 1, of: 9 }],
            },
          },
        );
        const page = parsePage(await read(result));
        expect(page.texts('#changes > li')).toHaveLength(2);
        expect(JSON.parse(page.texts('script.rows')[0] ?? '')).toHaveLength(2);
        expectOurs(page);
      }),
      { numRuns: 25 },
    );
  });

  it('tells of a refusal with the figures and both ways to allow it', async () => {
    const limits = [{ kind: 'deactivate', planned: 31, allowed: 20, of: 396 }] as const;
    const page = parsePage(await read(fullRun({ safety: { verdict: 'refused', restGoesOn: false, limits } })));
    expect(page.texts('.verdict')[0]).toContain('refused until somebody confirms it');
    const proof = page.texts('section[aria-labelledby=proof]')[0];
    expect(proof).toContain('31 accounts would be deactivated; at most 20 are allowed (of 396 accounts)');
    expect(proof).toContain('--allow deactivate=31');
    expect(proof).toContain('hrsync plan --out');
  });

  it('of a real run tells what became of each change', async () => {
    const failed = change({ outcome: 'failed', error: 'the e-mail address belongs to another account' });
    const result = runResult({ changes: [failed, change({ outcome: 'done' })] }, { dryRun: false, exitCode: 4 });
    const page = parsePage(await read(result));
    expect(page.document.title).toBe('acme: run 17 for 24 November 2026');
    expect(page.texts('.verdict')[0]).toMatch(/^Partly done in .*1 updated; 1 failed/);
    expect(page.texts('#outcome option')).toEqual(['all', 'failed (1)', 'done (1)']);
    expect(page.texts('.change .error')).toEqual(['the e-mail address belongs to another account']);
  });

  it('draws departments, the smaller ones together', async () => {
    const changes = Array.from({ length: 20 }, (_, index) =>
      Array.from({ length: 20 - index }, () => change({ department: `Department ${index}` })),
    ).flat();
    const page = parsePage(await read(runResult({ changes: [...changes, change()] })));
    const bars = page.texts('.bars th');
    expect(bars[1]).toBe('Department 0');
    expect(bars.at(-1)).toBe('6 more departments');
    expect(bars).toHaveLength(16);
    expect(page.texts('.bars + .quiet')).toEqual(['1 without a department.']);
  });

  it('says that there is nothing to do', async () => {
    const page = parsePage(await read(runResult()));
    expect(page.texts('.verdict')).toEqual(['The learning platform is in step with HR: there is nothing to do.']);
    expect(page.document.querySelector('script')).toBeNull();
  });
});

describe('skips', () => {
  it('tell an end before its start from other values, in the words of the core', () => {
    const fields = { status: 'active', start_date: '2027-05-01', termination_date: '2027-04-01' };
    const lifecycle = lifecycleOf({ id: '1', fields }, '2026-11-24', ['inactive', 'termination_date']);
    if (lifecycle.stage !== 'unclear') throw new Error('the core has become more lenient');
    const skip = { employee: person('1', 'Ada'), reason: 'invalid_value' } as const;
    expect(causeOf({ ...skip, message: lifecycle.problem })).toBe('ends_before_start');
    expect(causeOf({ ...skip, message: 'cost_center holds "x", which is no integer' })).toBe('invalid_value');
  });
});
