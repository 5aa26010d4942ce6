import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { addDays } from '../../src/core/day.js';
import { type LoggedRequest, type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { callCommand } from '../support/command.js';
import { type RunDocument, runDocument } from '../support/document.js';
import { type PairSource, SOURCES, TARGETS, type Target, UNPACED, unpacedConfig } from '../support/pairs.js';
import { hire, plainPeople } from '../support/people.js';
import { leastFrom, leastTo } from './least.js';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    only: { type: 'string' },
    routes: { type: 'boolean', default: false },
  },
});
const size = Number(values.people);
const TODAY = new Date().toISOString().slice(0, 10);

/** One line of the table. */
interface Night {
  readonly what: string;
  readonly document: RunDocument;
  readonly seconds: number;
  readonly asked: { readonly source: readonly LoggedRequest[]; readonly target: readonly LoggedRequest[] };
}

/** Runs every pair through a first import, a night without changes and one with 1 % of changes, and prints a table. */
async function main(): Promise<void> {
  say(`${size} profiles, stand-ins in the same process, no pace limits`);
  say('| pair | night | changes | HR: asked | least | LMS: asked | least | seconds |');
  say('|---|---|--:|--:|--:|--:|--:|--:|');
  for (const source of SOURCES) {
    for (const target of TARGETS) {
      const name = `${source[0]} → ${target}`;
      if (values.only === undefined || name.toLowerCase().includes(values.only.toLowerCase()))
        await pair(name, source, target);
    }
  }
}

async function pair(name: string, source: PairSource, target: Target): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hrsync-requests-'));
  const sandbox = await startSandbox({ company: { size, seed: 1, today: TODAY }, ...UNPACED });
  try {
    writeFileSync(join(folder, 'hrsync.yaml'), unpacedConfig(sandbox, source, target), { mode: 0o600 });
    let held = holdings(sandbox, target);
    for (const what of ['first import', 'nothing changed', '1 % changed']) {
      if (what === '1 % changed') letThingsHappen(sandbox);
      const night = await run(what, sandbox, folder, { source, target });
      const profiles = sandbox.company.people.length;
      const { changes } = night.document;
      const { accounts, things } = held;
      held = holdings(sandbox, target);
      const least = {
        source: leastFrom(source[0], profiles),
        target: leastTo(target, changes, accounts) + held.things - things,
      };
      const cells = [
        ...[name, what, changes.length, night.asked.source.length, least.source],
        ...[night.asked.target.length, least.target, night.seconds.toFixed(1)],
      ];
      say(`| ${cells.join(' | ')} |`);
      if (values.routes)
        for (const side of ['source', 'target'] as const) say(`  ${side}: ${routesOf(night.asked[side])}`);
    }
  } finally {
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(
  what: string,
  sandbox: Sandbox,
  folder: string,
  { source, target }: { readonly source: PairSource; readonly target: Target },
): Promise<Night> {
  const systems = { source: sandbox[source[1]], target: sandbox[target] };
  for (const { requests } of Object.values(systems)) requests.clear();
  const began = performance.now();
  const { code, stdout, stderr } = await callCommand(['import-all', '--json'], { folder, env: {} });
  const seconds = (performance.now() - began) / 1_000;
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr.slice(-2_000)}`);
  const asked = { source: [...systems.source.requests.list()], target: [...systems.target.requests.list()] };
  return { what, document: runDocument(stdout), seconds, asked };
}

/** One in a hundred has something happen: six of ten marry, two leave, and two are new. */
function letThingsHappen(sandbox: Sandbox): void {
  const count = Math.round(size / 100);
  const [name, leave] = [Math.round(count * 0.6), Math.round(count * 0.2)];
  const people = plainPeople(sandbox.company);
  for (const [index, { id }] of people.slice(0, name + leave).entries()) {
    if (index < name) sandbox.hr.apply({ kind: 'change_name', person: id, lastName: 'Wedded' });
    else sandbox.hr.apply({ kind: 'terminate', person: id, on: addDays(TODAY, -1) });
  }
  for (let index = name + leave; index < count; index += 1) hire(sandbox, `New${index}`, TODAY);
}

/** How many accounts there are, and how many teams and custom fields, each of which takes a request to make. */
function holdings({ lms, portal, scim, '360learning': { platform } }: Sandbox, target: Target) {
  return {
    learnamp: { accounts: lms.list().length, things: lms.teams.size },
    '360learning': { accounts: platform.users.size, things: platform.customFields.size },
    learnupon: { accounts: portal.users.size, things: 0 },
    scim: { accounts: scim.directory.users.size, things: scim.directory.groups.size },
  }[target];
}

function routesOf(requests: readonly LoggedRequest[]): string {
  const counts = new Map<string, number>();
  for (const { route } of requests) counts.set(route ?? '?', (counts.get(route ?? '?') ?? 0) + 1);
  return [...counts].map(([route, count]) => `${route} ${count}`).join(', ');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main();
