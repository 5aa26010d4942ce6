import { defineConfig } from 'vitest/config';
import LongestFirst from './support/longest-first.js';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.mjs', 'test/support/postgres/run.ts'],
    setupFiles: ['test/support/seed.ts'],
    // System tests start processes and servers: two cores carry two workers.
    maxWorkers: 2,
    // Nothing here changes a module's state: a file need not load everything anew.
    isolate: false,
    // Much is made and thrown away: a larger young generation saves a tenth of the time.
    execArgv: ['--max-semi-space-size=64'],
    sequence: { sequencer: LongestFirst },
    // The built command is what users run: it is loaded as it is.
    server: { deps: { external: [/\/dist\//] } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
