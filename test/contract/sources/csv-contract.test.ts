import { mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../../src/sandbox/index.js';
import { csv } from '../../../src/sources/csv/index.js';
import { CSV_COLUMNS, csvId, csvOf } from '../../support/csv.js';
import { describeSource } from './source-contract.js';
import { type SourceStage, testWorld } from './stage.js';

/** A company of two pages, exported anew each time the source is opened. */
async function setUp(): Promise<SourceStage> {
  const sandbox = await startSandbox({ company: { size: 510, seed: 7, today: '2026-11-20' } });
  const folder = mkdtempSync(join(tmpdir(), 'hrsync-csv-'));
  const path = join(folder, 'people.csv');
  return {
    company: sandbox.company,
    hr: sandbox.hr,
    system: sandbox.personio,
    routes: { employees: 'employees', attributes: 'attributes' },
    idOf: csvId,
    attributeOf: (field) => field,
    refusals: [],
    open() {
      // No export writes NUL bytes; a file that holds one is refused.
      writeFileSync(path, csvOf(sandbox.company).replaceAll('\u0000', ''));
      utimesSync(path, Date.now() / 1_000 - 600, Date.now() / 1_000 - 600);
      return csv.open(csv.settings.parse({ path, columns: CSV_COLUMNS }), testWorld);
    },
    async stop() {
      await sandbox.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describeSource('CSV', setUp, { overHttp: false });
