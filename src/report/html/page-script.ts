import type { PageDocument, PageElement, PageWindow } from './browser.js';
import type { ChangeRow, changeView, Dictionary } from './change-view.js';

/**
 * What the page does in a browser: search and filter over the changes, listing them piece by piece. Its own text is
 * written into the file, so it may use nothing but its arguments. Without it the page can be read, not searched.
 */
export function pageScript(page: PageDocument, view: PageWindow, show: typeof changeView): void {
  const PIECE = 100;
  const PRINTED = 1_000;
  const element = (id: string): PageElement => {
    const found = page.querySelector(`#${id}`);
    if (found === null) throw new Error(`the page has no ${id}`);
    return found;
  };
  const list = element('changes');
  const count = element('count');
  const more = element('more');
  const paper = element('paper');
  const search = element('search');
  const department = element('department');
  const outcome = element('outcome');
  const kinds = [...page.querySelectorAll('#kinds button')];
  const dictionary: Dictionary = JSON.parse(element('dictionary').textContent ?? '');
  const { total } = dictionary;
  let rows: readonly ChangeRow[] | null = null;
  let texts: readonly string[] | null = null;
  /** Null for all. */
  let chosen: readonly ChangeRow[] | null = null;
  let listed = list.childElementCount;

  // Read when somebody asks for more than the file lists: a large page is there at once.
  const everything = (): readonly ChangeRow[] => {
    rows ??= [...page.querySelectorAll('script.rows')].flatMap((block): ChangeRow[] =>
      JSON.parse(block.textContent ?? '[]'),
    );
    return rows;
  };

  const build = (tag: string, className: string, ...children: readonly (PageElement | string)[]): PageElement => {
    const made = page.createElement(tag);
    if (className !== '') made.className = className;
    made.append(...children);
    return made;
  };
  const textOf = ([, id, name, email, account, because, place, , , error, fields]: ChangeRow): string => {
    const values = fields.map((value, index) => (index % 3 === 0 ? dictionary.fields[Number(value)] : value));
    const person = `#${id}\n${name}\n${email}\n${account}\n${dictionary.departments[place] ?? ''}`;
    return `${person}\n${because}\n${error}\n${values.join('\n')}`.toLowerCase();
  };
  const tell = (): void => {
    const say = (number: number): string => number.toLocaleString('en');
    const all = total === 1 ? '1 change' : `${say(total)} changes`;
    const found = chosen?.length ?? total;
    count.textContent = found === total ? all : `${say(found)} of ${all}`;
    const rest = found - listed;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(PIECE, rest)} more of ${say(rest)}`;
    paper.textContent = rest === 0 ? '' : `Only the first ${say(listed)} are printed; the page itself holds all.`;
  };
  const extend = (upTo: number): void => {
    const from = chosen ?? (listed < total ? everything() : []);
    const further = from.slice(listed, upTo);
    list.append(...further.map((row) => show(row, dictionary, build)));
    listed += further.length;
    tell();
  };
  const choose = (): void => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length > 0) texts ??= everything().map(textOf);
    const pressed = kinds.filter((button) => button.getAttribute('aria-pressed') === 'true');
    const kindPlaces = pressed.map((button) => Number(button.value));
    const isChosen = (row: ChangeRow, index: number): boolean => {
      if (kindPlaces.length > 0 && !kindPlaces.includes(row[0])) return false;
      if (department.value !== '' && row[6] !== Number(department.value)) return false;
      if (outcome.value !== '' && row[8] !== outcome.value) return false;
      const text = texts?.[index] ?? '';
      return words.every((word) => text.includes(word));
    };
    chosen = everything().filter(isChosen);
    listed = 0;
    list.replaceChildren();
    extend(PIECE);
  };

  let waiting = 0;
  search.addEventListener('input', () => {
    view.clearTimeout(waiting);
    waiting = view.setTimeout(choose, 120);
  });
  for (const filter of [department, outcome]) filter.addEventListener('change', choose);
  for (const button of kinds) {
    button.addEventListener('click', () => {
      button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
      choose();
    });
  }
  more.addEventListener('click', () => extend(listed + PIECE));
  page.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = page.activeElement === search || page.activeElement === department || page.activeElement === outcome;
    if (event.key === '/' && !typing) {
      event.preventDefault();
      search.focus();
    }
    if (event.key === 'Escape' && page.activeElement === search) {
      search.value = '';
      choose();
    }
  });
  // Paper cannot be scrolled: as much as anybody would print.
  view.addEventListener('beforeprint', () => extend(Math.max(listed, PRINTED)));
  if (view.IntersectionObserver !== undefined) {
    const seen = (entries: readonly { readonly isIntersecting: boolean }[]): void => {
      if (!more.hidden && entries.some((entry) => entry.isIntersecting)) extend(listed + PIECE);
    };
    new view.IntersectionObserver(seen, { rootMargin: '600px' }).observe(more);
  }
  element('controls').hidden = false;
  tell();
}
