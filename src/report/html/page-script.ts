import type { PageDocument, PageElement, PageWindow } from './browser.js';

/**
 * What the page does in a browser: it finds people. Its own text is written into the file, so it may use nothing but its
 * arguments. Without it the page is the same, and the browser's own search finds what stands there.
 */
export function pageScript(page: PageDocument, view: PageWindow): void {
  /** So many rows are unfolded at most; more would take the browser long, and nobody reads them. */
  const UNFOLDED = 500;
  const rows = [...page.querySelectorAll('.row')];
  const folds = [...page.querySelectorAll('.found details')];
  const sections = [...page.querySelectorAll('.found')];
  const field = page.querySelector('#search');
  const controls = page.querySelector('#controls');
  const told = page.querySelector('#count');
  if (field === null || controls === null || told === null || rows.length === 0) return;
  let texts: readonly string[] | null = null;
  let opened: readonly boolean[] | null = null;

  const choose = (): void => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isSearching = words.length > 0;
    opened ??= folds.map((fold) => fold.open === true);
    if (isSearching) texts ??= rows.map((row) => (row.textContent ?? '').toLowerCase());
    let found = 0;
    rows.forEach((row, place) => {
      const fits = !isSearching || words.every((word) => texts?.[place]?.includes(word) === true);
      if (row.hidden === fits) row.hidden = !fits;
      if (fits) found += 1;
    });
    const shows = (element: PageElement): boolean => element.querySelector('.row:not([hidden])') !== null;
    folds.forEach((fold, place) => {
      fold.hidden = isSearching && !shows(fold);
      fold.open = isSearching ? !fold.hidden && found <= UNFOLDED : opened?.[place] === true;
    });
    for (const section of sections) section.hidden = isSearching && !shows(section);
    if (!isSearching) opened = null;
    const number = found.toLocaleString('en-US');
    told.textContent = isSearching ? `${number} ${found === 1 ? 'entry' : 'entries'} found` : '';
  };

  let waiting = 0;
  field.addEventListener('input', () => {
    view.clearTimeout(waiting);
    waiting = view.setTimeout(choose, 150);
  });
  page.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = page.activeElement === field;
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      field.focus();
    }
    if (event.key === 'Escape' && isTyping) {
      field.value = '';
      choose();
    }
  });
  controls.hidden = false;
}
