import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeDigest } from '../../../src/report/mail/digest.js';
import type { EndedRun } from '../../../src/report/mail/ended-run.js';
import { mailPerson, outside } from '../../../src/report/mail/mail.js';
import { runFacts } from '../../../src/report/mail/run-facts.js';
import { hostileText } from '../../support/hostile.js';
import { hostileRun } from '../../support/hostile-run.js';
import { change, person, runResult } from './acme.js';

const asIs = (text: string) => text;

/** A run that ended in trouble, with parts replaced where a test wants that. */
function ended(parts: Partial<EndedRun> = {}): EndedRun {
  return {
    ...{ connector: 'acme', command: 'import-all', config: undefined, exitCode: 4, facts: null, error: null },
    startedAt: new Date('2026-11-24T02:00:00Z'),
    finishedAt: new Date('2026-11-24T02:00:12Z'),
    ...{ overdue: [], ...parts },
  };
}

describe('a digest', () => {
  it('groups failures by cause, the most frequent first, with their first people', async () => {
    const failed = (id: string, error: string) =>
      change({ kind: 'create', employee: person(id, `Person ${id}`), outcome: 'failed', error });
    const changes = [
      failed('1', 'address taken'),
      ...[2, 3, 4, 5, 6, 7, 8].map((id) => failed(String(id), 'HTTP status 500')),
    ];
    const facts = await runFacts(runResult({ changes }, { dryRun: false }));
    const { subject, text } = composeDigest(ended({ facts }), asIs);
    expect(subject).toBe('[hrsync acme] 8 failed (exit code 4)');
    expect(text).toMatchInlineSnapshot(`
      "acme: import-all, run 17, 2026-11-24 02:00 UTC, took 12 s. Exit code 4:
      partial: some changes failed, wait for a retry, or people could not be read;
      the rest is done.

      Failed
      ------

      7 changes: HTTP status 500

      - Create: Person 2 <2@acme.example> #2
      - Create: Person 3 <3@acme.example> #3
      - Create: Person 4 <4@acme.example> #4
      - Create: Person 5 <5@acme.example> #5
      - Create: Person 6 <6@acme.example> #6
      … and 2 more.

      1 change: address taken

      - Create: Person 1 <1@acme.example> #1

      Counts
      ------

      - employees read: 412
      - create: 8
      - unchanged: 386
      - failed: 8

      Next
      ----

      See who is concerned, and why, with:

          hrsync status

      See what the run did with:

          hrsync runs 17
      "
    `);
  });

  it('gives the highest number where a kind is refused more than once, and names the config that a flag named', async () => {
    const limits = [31, 12].map(
      (planned) => ({ kind: 'deactivate', planned, allowed: 9, of: 90, unit: `U${planned}` }) as const,
    );
    const safety = { verdict: 'refused', restGoesOn: false, endingsGoOn: false, limits } as const;
    const facts = await runFacts(runResult({}, { safety }));
    const { text } = composeDigest(ended({ facts, exitCode: 5, config: "it's.yaml" }), asIs);
    expect(text).toContain("    hrsync import-all --allow deactivate=31 -c 'it'\\''s.yaml'\n");
  });

  it('holds no secret, whatever brought it along', async () => {
    const facts = await runFacts(
      runResult({
        changes: [change({ outcome: 'failed', error: 'refused s3cret&more', employee: person('1', 's3cret&more') })],
      }),
    );
    const { text, html } = composeDigest(ended({ facts }), (piece) => piece.replaceAll('s3cret&more', '***'));
    expect(`${text}${html}`).not.toContain('s3cret');
    expect(text).toContain('refused ***');
  });

  it('shows hostile texts harmlessly: no tag, no link, no line of their own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { minLength: 6, maxLength: 6 }), async (texts) => {
        const run = hostileRun(texts);
        const facts = await runFacts({ ...run, connector: 'acme' });
        const overdue = [
          {
            employee: person(texts[0] ?? '', texts[1] ?? ''),
            since: '2026-11-20',
            because: texts[2] ?? '',
            why: texts[3] ?? '',
          },
        ];
        const { subject, text, html } = composeDigest(ended({ facts, overdue }), asIs);
        expect(subject).toMatch(/^[^\r\n]+$/);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|:\/\//);
        const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag));
        expect([...tags].filter((tag) => !TAGS.has(tag ?? ''))).toEqual([]);
        expect(html).not.toMatch(/<[^>]*\s(href|src|on\w+)=/);
      }),
      { numRuns: 60 },
    );
  });
});

const TAGS = new Set(['html', 'head', 'meta', 'title', 'body', 'div', 'h2', 'p', 'strong', 'pre', 'ul', 'li']);

describe('text from outside in a mail', () => {
  it.each([
    ['see https://evil.example/x?y=1 now', 'see https[:]//evil[.]example/x?y=1 now'],
    ['www.evil.example', 'www[.]evil[.]example'],
    ['write to evil@evil.example', 'write to evil[@]evil[.]example'],
    ['Dr. Ada B. Lovelace, 3.5 % on 2026-11-24', 'Dr. Ada B. Lovelace, 3.5 % on 2026-11-24'],
    ['raise invitations.max_per_run', 'raise invitations.max_per_run'],
    ['a\r\nBcc: b', 'a␍␊Bcc: b'],
  ])('is no link for any mail program: %j', (text, shown) => {
    expect(outside(text)).toBe(shown);
  });

  it('is an address only where it is the address of the person', () => {
    expect(mailPerson({ id: '1', name: 'Ada', email: 'ada@acme.example' })).toBe('Ada <ada@acme.example> #1');
    expect(mailPerson({ id: '2', name: 'x@evil.example', email: 'https://evil.example' })).toBe(
      'x[@]evil[.]example <https[:]//evil[.]example> #2',
    );
    expect(mailPerson({ id: '3', name: null, email: null })).toBe('#3');
  });
});
