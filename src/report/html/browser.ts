/**
 * The little that the page's script uses of a browser. The types of a whole browser would be in force in every other
 * room, too, where none of it exists.
 */
export interface PageElement {
  textContent: string | null;
  className: string;
  value: string;
  hidden: boolean;
  readonly childElementCount: number;
  append(...children: readonly (PageElement | string)[]): void;
  replaceChildren(...children: readonly (PageElement | string)[]): void;
  setAttribute(name: string, value: string): void;
  getAttribute(name: string): string | null;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  focus(): void;
}

export interface PageEvent {
  readonly key?: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly altKey?: boolean;
  readonly target: unknown;
  preventDefault(): void;
}

export interface PageDocument {
  readonly activeElement: PageElement | null;
  createElement(tag: string): PageElement;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
}

export interface PageWindow {
  addEventListener(type: string, listener: () => void): void;
  setTimeout(work: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
  readonly IntersectionObserver?: new (
    seen: (entries: readonly { readonly isIntersecting: boolean }[]) => void,
    options: { readonly rootMargin: string },
  ) => { observe(element: PageElement): void };
}
