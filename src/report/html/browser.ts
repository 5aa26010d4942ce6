/**
 * The little that the page's script uses of a browser. The types of a whole browser would be in force in every other
 * room, too, where none of it exists.
 */
export interface PageElement {
  textContent: string | null;
  value: string;
  hidden: boolean;
  /** Of what unfolds. */
  open?: boolean;
  querySelector(selector: string): PageElement | null;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  focus(): void;
}

export interface PageEvent {
  readonly key?: string;
  readonly ctrlKey?: boolean;
  readonly metaKey?: boolean;
  readonly altKey?: boolean;
  preventDefault(): void;
}

export interface PageDocument {
  readonly activeElement: PageElement | null;
  querySelector(selector: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
}

export interface PageWindow {
  setTimeout(work: () => void, milliseconds: number): number;
  clearTimeout(timer: number): void;
}
