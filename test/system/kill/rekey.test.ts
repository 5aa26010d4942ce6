import { cp, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../../support/connector.js';
import { configureCsv, csvOf, writeExport } from '../../support/csv.js';
import { rowsOfPart } from '../../support/part.js';
import { PRELOAD } from './situation.js';

const ARGS = ['rekey', '--by', 'work_email', '--yes'];

async function restore({ stateFile }: Connector, copy: string): Promise<void> {
  await rm(dirname(stateFile), { recursive: true, force: true });
  await cp(copy, dirname(stateFile), { recursive: true });
}

describe('a rekey that is killed', () => {
  test.for(rowsOfPart(['before', 'after'] as const))(
    '%s any commit of its state and started again gives everybody their new id, and nobody half of it',
    { timeout: 300_000 },
    async (moment, { connect }) => {
      const connector = await connect({ people: 12 });
      // The kind of key that stays, so that an empty night says that everybody has their own account.
      await connector.configure({ employees: { key: 'work_email' } });
      await connector.imported();
      await configureCsv(connector, { employees: { key: 'work_email' } });
      const idOf = ({ id }: { readonly id: number }) => String(id + 1);
      await writeExport(connector, csvOf(connector.company, { idOf }));
      const copy = `${dirname(connector.stateFile)}-copy`;
      await cp(dirname(connector.stateFile), copy, { recursive: true });
      let kills = 0;
      for (let place = 1; ; place++) {
        await restore(connector, copy);
        const kill = { NODE_OPTIONS: `--import=${PRELOAD}`, KILL_AT_COMMIT: `${moment} ${place}` };
        const { code, stderr } = await connector.start(ARGS, kill).ended;
        if (code !== null) {
          expect(code, stderr).toBe(0);
          break;
        }
        kills += 1;
        const again = await connector.run(ARGS);
        expect(again.code, again.stderr).toBe(0);
        connector.takeRequests();
        expect((await connector.imported()).changes, `${moment} commit ${place}`).toEqual([]);
        expect(connector.takeWrites()).toEqual([]);
      }
      expect(kills).toBeGreaterThanOrEqual(2);
    },
  );
});
