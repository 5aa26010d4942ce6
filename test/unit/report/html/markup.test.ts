import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, Markup, scriptJson } from '../../../../src/report/html/markup.js';
import { safeText } from '../../../../src/report/terminal.js';
import { hostileText } from '../../../support/hostile.js';
import { parsePage } from '../../../support/page.js';

describe('text in markup', () => {
  it('stays text: no payload makes a tag, an attribute or an end of anything', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, attribute) => {
        const { document, element } = parsePage(
          String(html`<body><p id="p" title="${attribute}" lang='${attribute}'>${text}</p><i>end</i></body>`),
        );
        const shape = [...document.body.children].map(({ tagName }) => tagName);
        expect(shape).toEqual(['P', 'I']);
        expect(element('p').children.length).toBe(0);
        expect([...element('p').attributes].map(({ name }) => name)).toEqual(['id', 'title', 'lang']);
        expect(element('p').textContent).toBe(safeText(text));
        expect(element('p').getAttribute('title')).toBe(safeText(attribute));
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
  it('comes back as it was, and never ends its block', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { maxLength: 3 }), (values) => {
        const { document, element } = parsePage(
          String(html`<body><script type="application/json" id="data">${scriptJson(values)}</script><i>end</i></body>`),
        );
        expect([...document.body.children].map(({ tagName }) => tagName)).toEqual(['SCRIPT', 'I']);
        expect(JSON.parse(element('data').textContent ?? '')).toEqual(values);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
        expect(element('data').innerHTML).not.toMatch(/[<>&\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
