import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBenchConfig } from './connector.js';
import { type FarEnd, startFarEnd } from './far-end.js';
import { makePages } from './people.js';
import type { Row } from './row.js';
import { importAll } from './session.js';

const SECONDS = 12;
const WITHOUT_LIMIT = 3_000;
/** Goals: changes a second without a limit, and the share of a limit that is used. */
const FREE = 1_500;
const SHARE = 0.98;

interface Pushed {
  /** Changes that were carried out, and requests that were answered with success meanwhile. */
  readonly changes: number;
  readonly requests: number;
  readonly refused: number;
  readonly seconds: number;
}

/** Whole runs that write to a Learn Amp in another process: without a limit, then at two limits. */
export async function benchPush(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'hrsync-bench-'));
  const farEnd = await startFarEnd();
  try {
    const rows = [freeRow(await push({ farEnd, directory, limit: null, people: WITHOUT_LIMIT, changed: 0 }))];
    let people = WITHOUT_LIMIT;
    for (const limit of [50, 200]) {
      // Half of the changes are people who are new, half are people who have another position.
      const half = (limit * SECONDS) / 2;
      people += half;
      rows.push(...limitRows(limit, await push({ farEnd, directory, limit, people, changed: half })));
    }
    return rows;
  } finally {
    farEnd.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Push {
  readonly farEnd: FarEnd;
  readonly directory: string;
  readonly limit: number | null;
  readonly people: number;
  readonly changed: number;
}

/** Carries out what differs, timed from the finished plan to the last acknowledged change. */
async function push({ farEnd, directory, limit, people, changed }: Push): Promise<Pushed> {
  const pages = [...makePages(people, (place) => place < changed)].map((page) => Buffer.from(page));
  const page = (number: number) => pages[number] ?? Buffer.alloc(0);
  const learnamp = { ...farEnd.access, requestsPerSecond: limit ?? 10_000 };
  const config = await loadBenchConfig({ directory, page, learnamp });
  await farEnd.limit(limit);
  let planned = 0;
  let last = 0;
  let changes = 0;
  const exitCode = await importAll(
    config,
    { dryRun: false },
    {
      planned: async () => {
        planned = Date.now();
      },
      applying: ({ done }) => {
        last = Date.now();
        changes = done;
      },
    },
  );
  if (exitCode !== 0) throw new Error(`the run ended with exit code ${exitCode}`);
  const requests = await farEnd.requests();
  const meanwhile = requests.filter(({ at, status }) => status !== 429 && Date.parse(at) >= planned);
  return {
    changes,
    requests: meanwhile.length,
    refused: requests.filter(({ status }) => status === 429).length,
    seconds: (last - planned) / 1_000,
  };
}

function freeRow({ changes, requests, seconds }: Pushed): Row {
  const rate = `${Math.round(changes / seconds)} changes/s`;
  return {
    what: `push ${changes} changes (${requests} requests) without a limit`,
    ...{ floor: '', ours: rate, reached: rate, spread: '' },
    ...{ goal: `at least ${FREE} changes/s`, met: changes / seconds >= FREE },
  };
}

function limitRows(limit: number, { changes, requests, refused, seconds }: Pushed): Row[] {
  const share = requests / seconds / limit;
  const what = `push ${changes} changes at a limit of ${limit}/s`;
  return [
    {
      what,
      floor: `${limit}/s`,
      ours: `${(requests / seconds).toFixed(1)}/s`,
      reached: `${(share * 100).toFixed(1)} %`,
      spread: '',
      goal: `at least ${SHARE * 100} %`,
      met: share >= SHARE,
      ratio: 1 / share,
    },
    {
      what: `${what}: refused with 429`,
      floor: '0',
      ours: `${refused}`,
      reached: `${refused}`,
      spread: '',
      goal: '0',
      met: refused === 0,
    },
  ];
}
