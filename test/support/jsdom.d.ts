// The types that are published for jsdom bring those of a whole browser, which would then be in force everywhere.
declare module 'jsdom' {
  export interface TestElement {
    readonly tagName: string;
    readonly innerHTML: string;
    readonly textContent: string | null;
    readonly className: string;
    readonly hidden: boolean;
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
    readonly children: Iterable<TestElement> & { readonly length: number };
    value: string;
    getAttribute(name: string): string | null;
    click(): void;
    dispatchEvent(event: object): void;
  }

  export interface TestDocument {
    readonly title: string;
    readonly body: TestElement;
    readonly activeElement: TestElement | null;
    querySelector(selector: string): TestElement | null;
    querySelectorAll(selector: string): Iterable<TestElement>;
    dispatchEvent(event: object): void;
  }

  export interface TestWindow {
    readonly document: TestDocument;
    readonly DOMParser: new () => { parseFromString(text: string, type: 'text/html'): TestDocument };
    readonly Event: new (type: string, options?: { readonly bubbles?: boolean }) => object;
    readonly KeyboardEvent: new (type: string, options: { readonly key: string; readonly bubbles?: boolean }) => object;
    dispatchEvent(event: object): void;
    close(): void;
  }

  export class VirtualConsole {
    on(event: 'jsdomError', listener: (error: Error) => void): this;
  }

  export class JSDOM {
    constructor(
      html: string,
      options?: { readonly runScripts?: 'dangerously'; readonly virtualConsole?: VirtualConsole },
    );
    readonly window: TestWindow;
  }
}
