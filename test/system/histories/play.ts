import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NIGHTLY, secondRunIsSilent, whatRemainsIsNobodysFault } from './checks.js';
import { Company } from './company.js';
import { CALM, type History, type Night } from './history.js';
import type { Lms } from './lms.js';
import type { Observation } from './observation.js';

// Long enough apart for everybody who rests after a failure.
const CALM_WEEKS: readonly Night[] = [1, 8, 8].map((gap) => ({ ...CALM, gap }));

/** Plays a history and some calm weeks, holds every night to every promise, and gives the LMS as it is in the end. */
export async function play(history: History, folder: string): Promise<Lms> {
  const company = await found(history, folder, null);
  try {
    for (const night of history.nights) await playNight(company, night);
    for (const night of CALM_WEEKS) await playNight(company, night);
    const last = await playNight(company, CALM);
    if (last !== null) whatRemainsIsNobodysFault(last);
    return company.lms;
  } finally {
    await end(company, folder);
  }
}

/** Plays a history in which the LMS refuses every write for one person, and gives the LMS as it is in the end. */
export async function playRefused(history: History, folder: string, refused: string | null): Promise<Lms> {
  const company = await found(history, folder, refused);
  try {
    for (const night of history.nights) await company.night(night);
    return company.lms;
  } finally {
    await end(company, folder);
  }
}

async function playNight(company: Company, night: Night): Promise<Observation | null> {
  const observation = await company.night(night);
  if (observation === null) return null;
  for (const check of NIGHTLY) check(observation);
  const isWhole = observation.answer.people.length === company.hr.people.size;
  if (observation.exit === 0 && isWhole) secondRunIsSilent(observation, await company.again());
  return observation;
}

function found(history: History, folder: string, refused: string | null): Promise<Company> {
  mkdirSync(folder);
  return Company.found(history, join(folder, 'acme.db'), refused);
}

async function end(company: Company, folder: string): Promise<void> {
  await company.close();
  rmSync(folder, { recursive: true });
}
