import { dirname, join } from 'node:path';
import { HrsyncError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { broken } from './broken.js';
import { type FoundFile, findFile, lookAt, timeOf } from './file.js';
import type { CsvSettings } from './settings.js';

type World = Pick<AdapterWorld, 'now' | 'sleep' | 'log'>;
type Settings = Pick<CsvSettings, 'path' | 'complete_when' | 'max_age'>;

/** Longest time that a run waits for a file that was written just now, in ms. */
const LONGEST_WAIT = 60_000;

/** Finds the file and holds it to what the config says of a whole one; waits a little for one that is still being written. */
export async function wholeFile(settings: Settings, world: World): Promise<FoundFile> {
  const file = await plausibleFile(settings, world.now());
  const { complete_when } = settings;
  return 'settled_for' in complete_when ? settle(file, complete_when.settled_for, world) : file;
}

/** The mark of the file that could be read now, or null: there is none, it is too old, or it may still be uploading. */
export async function markOfWhole(settings: Settings, now: Date): Promise<string | null> {
  const { complete_when } = settings;
  try {
    const { path, mark, modifiedAt } = await plausibleFile(settings, now);
    const isSettled = !('settled_for' in complete_when) || now.getTime() - modifiedAt >= complete_when.settled_for;
    return isSettled ? `${path} ${mark}` : null;
  } catch (error) {
    if (error instanceof HrsyncError) return null;
    throw error;
  }
}

async function plausibleFile({ path, complete_when, max_age }: Settings, now: Date): Promise<FoundFile> {
  const done = 'done_file' in complete_when ? complete_when.done_file : null;
  const file = await findFile(path, done);
  holdToAge(file, max_age, now);
  if (done !== null) await holdToDoneFile(file, done);
  return file;
}

/** Holds a file to what it was when the read began. */
export async function holdToMark({ path, name, mark }: Pick<FoundFile, 'path' | 'name' | 'mark'>): Promise<void> {
  if ((await lookAt(path)).mark === mark) return;
  throw broken(`${name} was written or replaced while it was read: run again once the upload is over`);
}

function holdToAge({ name, modifiedAt }: FoundFile, maxAge: number | null, now: Date): void {
  const age = now.getTime() - modifiedAt;
  if (maxAge === null || age <= maxAge) return;
  const written = new Date(modifiedAt).toISOString();
  throw broken(
    `${name} was written at ${written}, ${spanText(age)} ago, and source.max_age allows ${spanText(maxAge)}: the export seems to have stopped`,
  );
}

async function holdToDoneFile(file: FoundFile, name: string): Promise<void> {
  const at = await timeOf(join(dirname(file.path), name));
  if (at === null) throw broken(`${name} is not beside ${file.name} (source.complete_when): the upload is not over`);
  if (at < file.modifiedAt)
    throw broken(`${name} is older than ${file.name} (source.complete_when): it belongs to an earlier file`);
}

async function settle(found: FoundFile, settledFor: number, { now, sleep, log }: World): Promise<FoundFile> {
  let file = found;
  for (let waited = 0; ; ) {
    const rest = settledFor - (now().getTime() - file.modifiedAt);
    if (rest <= 0) return file;
    if (waited + rest > LONGEST_WAIT) {
      const age = now().getTime() - file.modifiedAt;
      const state = age < 0 ? 'bears a time that is still to come' : `was written ${spanText(age)} ago`;
      throw broken(
        `${file.name} ${state}, and source.complete_when wants it unchanged for ${spanText(settledFor)}: it may still be uploading`,
      );
    }
    log.warn(`${file.name} was written just now; waiting ${spanText(rest)} to see whether it is whole`);
    await sleep(rest);
    waited += rest;
    file = await lookAt(file.path);
  }
}

/** A time in words: "45 s", "26 h", "3.5 days". */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 120) return `${Math.ceil(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  const hours = seconds / 3_600;
  return hours <= 96 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}
