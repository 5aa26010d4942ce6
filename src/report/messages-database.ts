import type { LeaseLostError } from '../errors-state.js';
import type { DatabaseProblem } from '../state-problem.js';
import { said } from './messages-words.js';

interface Words {
  readonly what: string;
  readonly meaning: string;
  readonly next: string;
}

const NOTHING_CHANGED = 'Nothing was changed.';
const NEXT_RUN = 'The next run asks the LMS about everything that is unclear before it does anything else.';

/** Explains why a state in a database is not used. */
export function explainDatabase(address: string, problem: DatabaseProblem): Words {
  const name = said(address);
  switch (problem.kind) {
    case 'address':
      return {
        what: `The address of the database ${name} cannot be used: ${said(problem.detail)}`,
        meaning: NOTHING_CHANGED,
        next: 'Correct "state" in the config: postgres://USER:PASSWORD@HOST/DATABASE, best as a reference to a variable of the environment.',
      };
    case 'unreachable':
      return {
        what: `The database ${name} cannot be reached: ${said(problem.detail)}`,
        meaning: 'Without its memory a run cannot tell what the LMS holds, so nothing was changed.',
        next: 'Check that the database runs, and "state" in the config; then run again.',
      };
    case 'lost':
      return {
        what: `The connection to the database ${name} was lost: ${said(problem.detail)}`,
        meaning: 'Nothing more was sent. What the LMS acknowledged last may not be recorded.',
        next: `Run again once the database is back. ${NEXT_RUN}`,
      };
    case 'database':
      return {
        what: `The database ${name} refused what it was asked to do: ${said(problem.detail)}`,
        meaning: 'Nothing more was sent.',
        next: `Mend what it names; then run again. ${NEXT_RUN} "hrsync guide fleet" lists the rights that a role needs.`,
      };
    case 'outdated':
      return {
        what: `The tables in ${name} are of an older hrsync (version ${problem.version}; this one needs ${problem.needed}).`,
        meaning: NOTHING_CHANGED,
        next: 'Run "hrsync fleet migrate" with the same config. Runs of the version before go on working meanwhile.',
      };
    case 'empty':
      return {
        what: `There are no tables of hrsync in ${name} yet.`,
        meaning: NOTHING_CHANGED,
        next: 'Run "hrsync fleet migrate" with the same config, or "hrsync import-all", which makes them.',
      };
    case 'package':
      return {
        what: `The package ${said(problem.name)} is not installed, which a state in PostgreSQL needs.`,
        meaning: NOTHING_CHANGED,
        next: 'Run "npm install pg" where hrsync is installed (for a global installation "npm install -g pg").',
      };
  }
}

/** Explains the end of a run whose lease is gone. */
export function explainLostLease({ how }: LeaseLostError): Words {
  return {
    what: `The run lost its lease: ${said(how)}.`,
    meaning: 'Another run may work on this connector now. This one sent nothing more and wrote nothing more.',
    next: `Nothing needs to be done. ${NEXT_RUN} If it happens again, look for what holds the process up, or raise "lease.for" in the config.`,
  };
}
