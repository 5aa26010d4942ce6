import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../../src/report/html/document.js';
import { openPage, parsePage, whole } from '../../../support/page.js';
import { change, fullRun, person, runResult } from '../acme.js';

type Opened = ReturnType<typeof openPage>;

async function typeIn({ element, window }: Opened, text: string): Promise<void> {
  element('search').value = text;
  element('search').dispatchEvent(new window.Event('input', { bubbles: true }));
  await new Promise((resolve) => setTimeout(resolve, 160));
}

function choose({ element, window }: Opened, id: string, value: string): void {
  element(id).value = value;
  element(id).dispatchEvent(new window.Event('change'));
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
    const html = await whole(htmlReport(fullRun()));
    expect(openPage(html).element('changes').innerHTML).toBe(
      parsePage(html).element('changes').innerHTML.replaceAll('\n', ''),
    );
  });

  it('finds people by name, address, id, department and value, in any case', async () => {
    const page = openPage(await whole(htmlReport(fullRun())));
    expect(page.element('controls').hidden).toBe(false);
    for (const [text, names] of [
      ['LOVELACE', ['Ada Lovelace']],
      ['1003@acme', ['Eva Example']],
      ['#1005', ['山田 太郎']],
      ['lead ENGINEER', ['Max Müller']],
      ['nobody at all', []],
      ['', ['Ada Lovelace', '山田 太郎', 'Max Müller', 'Grace Hopper', 'Eva Example']],
    ] as const) {
      await typeIn(page, text);
      expect(page.texts('#changes .name'), text).toEqual(names);
    }
  });

  it('filters by kind, by several kinds, and by department', async () => {
    const page = openPage(await whole(htmlReport(many(60))));
    const [update, deactivate] = [...page.document.querySelectorAll('#kinds button')];
    expect(page.texts('#kinds button')).toEqual(['Update 54', 'Deactivate 6']);
    deactivate?.click();
    expect(deactivate?.getAttribute('aria-pressed')).toBe('true');
    expect(page.element('count').textContent).toBe('6 of 60 changes');
    update?.click();
    expect(page.element('count').textContent).toBe('60 changes');
    update?.click();
    choose(page, 'department', '1');
    expect(page.texts('#department option')).toEqual(['all', 'Legal (30)', 'Sales (30)']);
    expect(page.element('count').textContent).toBe('6 of 60 changes');
    choose(page, 'department', '0');
    expect(page.element('count').textContent).toBe('0 of 60 changes');
    expect(page.texts('#changes li')).toEqual([]);
  });

  it('filters by outcome', async () => {
    const result = runResult({ changes: [change({ outcome: 'done' }), change({ outcome: 'failed', error: 'no' })] });
    const page = openPage(await whole(htmlReport({ ...result, dryRun: false })));
    choose(page, 'outcome', 'failed');
    expect(page.texts('#changes .error')).toEqual(['no']);
  });

  it('lists a large plan piece by piece, and prints more of it', async () => {
    const page = openPage(await whole(htmlReport(many(2_500))));
    expect(page.texts('#changes li')).toHaveLength(100);
    expect(page.element('more').textContent).toBe('Show 100 more of 2400');
    page.element('more').click();
    expect(page.texts('#changes li')).toHaveLength(200);
    page.window.dispatchEvent(new page.window.Event('beforeprint'));
    expect(page.texts('#changes li')).toHaveLength(1_000);
    await typeIn(page, '#3499');
    expect(page.texts('#changes .name')).toEqual(['Person 2499']);
    expect(page.element('more').hidden).toBe(true);
  });

  it('can be used with the keyboard alone', async () => {
    const page = openPage(await whole(htmlReport(many(12))));
    const { document, window, element } = page;
    const press = (key: string) => document.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true }));
    press('/');
    expect(document.activeElement).toBe(element('search'));
    await typeIn(page, 'person 3');
    expect(element('count').textContent).toBe('1 of 12 changes');
    press('Escape');
    expect(element('search').value).toBe('');
    expect(element('count').textContent).toBe('12 changes');
  });

  it('names the way out where a large plan is read without it', async () => {
    const page = parsePage(await whole(htmlReport(many(1_001))));
    expect(page.texts('#changes li')).toHaveLength(200);
    expect(page.texts('noscript')[0]).toContain('the first 200 of 1001 changes');
  });
});
