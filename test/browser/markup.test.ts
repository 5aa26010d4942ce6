import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { escapeHtml, html, Markup, scriptJson } from '../../src/report/html/markup.js';
import { safeText } from '../../src/report/terminal.js';
import { hostileText } from '../support/hostile.js';
import { type ParsedElement, parse } from '../support/in-page.js';
import { useBrowser } from '../support/report-page.js';

const chromium = useBrowser();
let read: (markup: Markup) => Promise<readonly ParsedElement[]>;

beforeAll(async () => {
  const page = await chromium.browser.newPage();
  read = (markup) => page.evaluate(parse, String(markup));
});

const FRAME = ['html', 'head', 'body'];

describe('text in markup', () => {
  it('stays text: no payload makes a tag, an attribute or an end of anything', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, async (text, attribute) => {
        const found = await read(
          html`<body><p id="p" title="${attribute}" lang='${attribute}'>${text}</p><i>end</i></body>`,
        );
        expect(found.map(({ tag }) => tag)).toEqual([...FRAME, 'p', 'i']);
        expect(found[3]?.attributes).toEqual({ id: 'p', title: safeText(attribute), lang: safeText(attribute) });
        expect(found[3]?.text).toBe(safeText(text));
      }),
    );
  });

  it('shows what would hide or turn the reading direction', () => {
    expect(escapeHtml('a\u202Eb\u0000\u2066c\u001b[2J')).toBe('a\\u{202E}b␀\\u{2066}c␛[2J');
  });

  it('takes lists and markup as they are, and escapes everything else', () => {
    const items = ['<b>', '&'].map((text) => html`<li>${text}</li>`);
    expect(String(html`<ul>${items}</ul>${7}${Markup.trusted('<hr>')}`)).toBe(
      '<ul><li>&lt;b&gt;</li><li>&amp;</li></ul>7<hr>',
    );
  });
});

describe('data in a page', () => {
  it('comes back as it was, and never ends its block', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { maxLength: 3 }), async (values) => {
        const found = await read(
          html`<body><script type="application/json" id="data">${scriptJson(values)}</script><i>end</i></body>`,
        );
        expect(found.map(({ tag }) => tag)).toEqual([...FRAME, 'script', 'i']);
        expect(JSON.parse(found[3]?.text ?? '')).toEqual(values);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(found[3]?.html).not.toMatch(/[<>&\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
