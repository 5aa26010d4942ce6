/**
 * What the tests look up inside a page. Each function is sent to the browser as text and may use nothing but its
 * arguments. Only what they need of a browser is declared: the types of a whole one would be in force everywhere.
 */
interface Style {
  readonly [property: string]: string;
}

interface Box {
  readonly right: number;
}

export interface InPage {
  readonly id: string;
  readonly tagName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly parentElement: InPage | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  innerHTML: string;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): Box;
  checkVisibility(): boolean;
}

interface Document {
  readonly title: string;
  readonly body: InPage;
  readonly documentElement: InPage;
  readonly activeElement: InPage | null;
  querySelectorAll(selector: string): Iterable<InPage>;
}

declare const document: Document;
declare const getComputedStyle: (element: InPage) => Style;
declare const DOMParser: new () => { parseFromString(text: string, type: 'text/html'): Document };

/** An element as the HTML standard reads it. */
export interface ParsedElement {
  /** Lower case. */
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html: string;
}

/** Parses a page without showing it, and tells every element in its order. */
export function parse(html: string): readonly ParsedElement[] {
  return [...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('*')].map((element) => ({
    tag: element.tagName.toLowerCase(),
    attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
    text: element.textContent ?? '',
    html: element.innerHTML,
  }));
}

/** The element that has the focus, by tag, id and text, and whether a ring of two pixels or more shows it. */
export function focused(): { readonly name: string; readonly ring: boolean } {
  const element = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const text = (element.textContent ?? '').trim().slice(0, 30);
  const name = element.id === '' ? `${element.tagName.toLowerCase()} ${text}` : `#${element.id}`;
  return { name, ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth ?? '') >= 2 };
}

/** Texts and bars that do not stand out from what lies behind them, as WCAG's level AA has it. */
export function tooFaint(): readonly string[] {
  const colour = (text: string | undefined): readonly number[] =>
    (text ?? '').match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  const light = (parts: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = parts.map((part) =>
      part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one: readonly number[], other: readonly number[]): number => {
    const [least = 0, most = 0] = [light(one), light(other)].sort((a, b) => a - b);
    return (most + 0.05) / (least + 0.05);
  };
  const behind = (element: InPage | null): readonly number[] => {
    if (element === null) return [255, 255, 255];
    const parts = colour(getComputedStyle(element)['backgroundColor']);
    return parts.length === 4 && parts[3] === 0 ? behind(element.parentElement) : parts;
  };
  const found: string[] = [];
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    const bar = element.tagName === 'rect';
    const text = [...element.childNodes].some(({ nodeType, textContent }) => nodeType === 3 && textContent?.trim());
    if ((!bar && !text) || ['SCRIPT', 'NOSCRIPT', 'TITLE'].includes(element.tagName.toUpperCase())) continue;
    const size = Number.parseFloat(style['fontSize'] ?? '');
    const large = size >= 24 || (size >= 18.66 && Number(style['fontWeight']) >= 700);
    const drawn = element.tagName === 'text' || bar ? style['fill'] : style['color'];
    const reached = ratio(colour(drawn), behind(element));
    if (reached >= (bar || large ? 3 : 4.5)) continue;
    found.push(
      `${element.tagName} ${element.getAttribute('class') ?? ''} ${element.textContent}: ${reached.toFixed(2)}`,
    );
  }
  return found;
}

/** What sticks out of the page to the right, or is folded away. */
export function misplaced(selector: string): readonly string[] {
  const edge = document.documentElement.clientWidth;
  return [...document.querySelectorAll(selector)]
    .filter((element) => element.getBoundingClientRect().right > edge + 0.5 || !element.checkVisibility())
    .map(({ tagName, textContent }) => `${tagName} ${textContent?.slice(0, 40)}`);
}

/** By how many pixels the page is wider than what shows it. */
export function overhang(): number {
  return document.documentElement.scrollWidth - document.documentElement.clientWidth;
}

/** Puts markup into the page, as somebody would who had found a gap. */
export function smuggle(markup: string): void {
  document.body.innerHTML += markup;
}
