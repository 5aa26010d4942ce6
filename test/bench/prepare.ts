import { join } from 'node:path';
import { connect } from '../../src/cli/connect.js';
import { digest, policyOf } from '../../src/cli/connector.js';
import { neededFields } from '../../src/config/needed-fields.js';
import type { Snapshot } from '../../src/core/account.js';
import { fingerprint } from '../../src/core/diff.js';
import type { Mapping } from '../../src/core/mapping.js';
import type { Policy } from '../../src/core/policy.js';
import { candidateFor, standingOf } from '../../src/core/standing.js';
import type { SourceRecord } from '../../src/sources/source.js';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';
import { loadBenchConfig } from './connector.js';
import { openPages, writePages } from './page-file.js';
import { makePages } from './people.js';
import { benchWorld } from './session.js';

// prepare.js DIRECTORY COUNT: pages of so many people, the same with one person in a hundred changed, and a state in
// which all of the former are linked and in step.
const [directory = '', size = ''] = process.argv.slice(2);
const pages = join(directory, 'pages');
writePages(pages, makePages(Number(size)));
writePages(
  join(directory, 'changed'),
  makePages(Number(size), (place) => place % 100 === 0),
);
await writeState();

async function writeState(): Promise<void> {
  const config = await loadBenchConfig({ directory, page: openPages(pages).page, learnamp: null });
  const world = benchWorld(config);
  const { source, identity, mapping } = connect(config, world);
  const store = await openStore({ file: config.state, identity, mode: 'write', now: world.now });
  const policy = policyOf(config, world.now(), undefined);
  let snapshots: Snapshot[] = [];
  let employees = 0;
  for await (const { records } of source.read(neededFields(config))) {
    snapshots.push(...records.map((record) => inStep(record, policy, mapping)));
    employees += records.length;
    if (snapshots.length < 10_000) continue;
    await store.putSnapshots(snapshots);
    snapshots = [];
  }
  await store.putSnapshots(snapshots);
  await rememberRun(store, employees);
  await store.close();
}

/** What a run would have remembered of somebody whose account it has just made. */
function inStep(record: SourceRecord, policy: Policy, mapping: Mapping): Snapshot {
  if (!('employee' in record)) throw new Error(record.unreadable.problem);
  const standing = standingOf(record.employee, policy, mapping);
  if (standing.kind !== 'wanted') throw new Error(`somebody is ${standing.kind}`);
  const { fields } = standing;
  const hash = digest(fingerprint(fields, mapping.ignoredChanges));
  const { employee, startDate } = candidateFor(record.employee, standing, hash);
  return {
    employeeId: employee.id,
    accountId: `9${employee.id}`,
    state: 'active',
    name: employee.name,
    email: employee.email,
    fields,
    hash,
    awaitingManager: null,
    startDate,
    linkedByHand: false,
    missingSince: null,
    missingRuns: 0,
  };
}

// The number of people in the last complete read is part of what the next one is judged by.
async function rememberRun(store: Store, employees: number): Promise<void> {
  const at = new Date().toISOString();
  await store.setFirstImportDay('2026-01-01');
  const number = await store.startRun({ command: 'import-all', startedAt: at });
  const finished = {
    finishedAt: at,
    exitCode: 0,
    employees,
    inScope: employees,
    complete: true,
    counts: {},
    error: null,
  };
  await store.finishRun({ number, ...finished });
}
