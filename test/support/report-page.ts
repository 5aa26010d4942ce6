import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { htmlReport } from '../../src/report/html/document.js';
import type { RunResult } from '../../src/report/reporter.js';
import { startBrowser } from './browser.js';
import { whole } from './whole.js';

/** A report in a browser, opened as people open it: the file, from a folder. */
export interface OpenReport {
  readonly page: Page;
  /** The texts of all elements that fit a selector, with their spaces made one. */
  texts(selector: string): Promise<readonly string[]>;
  /** Errors, complaints in the console, and whatever else was asked for than the file: to be empty at the end. */
  readonly troubles: string[];
}

/** A browser for the tests of one file. A report that makes trouble in it fails them. */
export interface TestBrowser {
  readonly browser: Browser;
  /** Writes a report and opens it. */
  open(result: RunResult, options?: BrowserContextOptions): Promise<OpenReport>;
  openFile(path: string, options?: BrowserContextOptions): Promise<OpenReport>;
}

/** Starts the browser before the tests of a file and ends it after them. */
export function useBrowser(): TestBrowser {
  let browser: Browser | null = null;
  let folder = '';
  const opened: OpenReport[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hrsync-report-'));
    browser = await startBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
    expect(opened.flatMap(({ troubles }) => troubles)).toEqual([]);
  });
  const running = (): Browser => {
    if (browser === null) throw new Error('the browser is not running yet');
    return browser;
  };
  const openFile = async (path: string, options?: BrowserContextOptions) => {
    const report = await openAddress(running(), pathToFileURL(path).href, options);
    opened.push(report);
    return report;
  };
  return {
    get browser() {
      return running();
    },
    openFile,
    open: async (result, options) => {
      const file = join(folder, `report-${opened.length}.html`);
      await writeFile(file, await whole(htmlReport(result)));
      return openFile(file, options);
    },
  };
}

async function openAddress(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenReport> {
  const context = await browser.newContext({ offline: true, ...options });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => troubles.push(message.text()));
  page.on('dialog', (dialog) => troubles.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (request.url() !== address) troubles.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
  const texts = async (selector: string) =>
    (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
  return { page, texts, troubles };
}
