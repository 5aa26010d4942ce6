import { JSDOM, type TestDocument, type TestElement, type TestWindow, VirtualConsole } from 'jsdom';
import { expect } from 'vitest';

/** A report as a browser would hold it, parsed as the HTML standard says. */
export interface Page {
  readonly document: TestDocument;
  /** The element with an id, which must exist. */
  element(id: string): TestElement;
  /** The texts of all elements that fit a selector. */
  texts(selector: string): readonly string[];
}

const reader = new JSDOM('').window;

/** Parses a page without running its script. */
export function parsePage(html: string): Page {
  return pageOf(new reader.DOMParser().parseFromString(html, 'text/html'));
}

/** Opens a page and runs its script; an error in it fails the test. */
export function openPage(html: string): Page & { readonly window: TestWindow } {
  const errors: Error[] = [];
  const virtualConsole = new VirtualConsole().on('jsdomError', (error) => errors.push(error));
  const { window } = new JSDOM(html, { virtualConsole, runScripts: 'dangerously' });
  expect(errors).toEqual([]);
  return { ...pageOf(window.document), window };
}

function pageOf(document: TestDocument): Page {
  return {
    document,
    element(id) {
      const found = document.querySelector(`#${id}`);
      if (found === null) throw new Error(`the page has no ${id}`);
      return found;
    },
    texts: (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? ''),
  };
}

/** Puts the pieces of a report together. */
export async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
