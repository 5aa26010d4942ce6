import { describe, expect, it } from 'vitest';
import { htmlReport } from '../../../src/report/html/document.js';
import { whole } from '../../support/whole.js';
import { change, runResult } from './acme.js';

describe('a manager in the page for HR', () => {
  const moved = change({ fields: { manager: { before: '1', after: '2' } } });
  const pageWith = (names: Readonly<Record<string, string>>) =>
    whole(htmlReport(runResult({ changes: [moved] }, { namesOf: async () => new Map(Object.entries(names)) })));

  it('is told by name', async () => {
    const page = await pageWith({ 1: 'Uwe Böhm', 2: 'Ada Kern' });
    expect(page).toContain('<del><bdi>Uwe Böhm</bdi></del>');
    expect(page).toContain('<ins><bdi>Ada Kern</bdi></ins>');
  });

  it('is told by id where the one before bears the same name', async () => {
    const page = await pageWith({ 1: 'Uwe Böhm', 2: 'Uwe Böhm' });
    expect(page).toContain('<del><bdi>#1</bdi></del>');
    expect(page).toContain('<ins><bdi>#2</bdi></ins>');
  });
});
