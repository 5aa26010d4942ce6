import { LockedError, StateError } from '../errors.js';
import { DatabaseError, LeaseLostError } from '../errors-state.js';

const STATE = './state/acme.db';
const DATABASE = 'postgres://db.acme.example/hrsync';

/** Pages about the errors of a state, its lock and its lease. */
export const STATE_PAGES = {
  StateError: {
    happened: 'The state cannot be used: it is missing, damaged, of another connector, or of a newer hrsync.',
    means: 'Without its memory hrsync changes nothing.',
    steps: [
      'Look at the path, the rights, and the room on the disk.',
      'Never delete the file: everybody would be matched anew, and who was invited would be forgotten.',
      'If it is damaged, put a backup in its place, and remove the files beside it that end in "-wal" and "-shm"; then "hrsync verify" shows what has happened since.',
      'After an upgrade that went wrong: the file beside it that ends in "-backup" is the state from before it.',
    ],
    samples: [
      new StateError(STATE, { kind: 'unusable', detail: 'the file is not a database' }),
      new StateError(STATE, { kind: 'foreign', holds: 'acme', expected: 'umbrella' }),
      new StateError(STATE, { kind: 'newer', version: 9, supported: 4 }),
      new StateError(STATE, { kind: 'mixed' }),
      new StateError(STATE, { kind: 'missing' }),
    ],
  },
  DatabaseError: {
    happened:
      'The database of a state cannot be used: its address, its network, its rights, or the version of its tables.',
    means: 'Without its memory hrsync changes nothing. A run that was under way stopped at once.',
    steps: [
      'Look at "state" in the config, and whether the database runs and can be reached from here.',
      'Run "hrsync fleet migrate" after an upgrade.',
      'Then run again: the run asks the learning platform about what is unclear. "hrsync guide fleet" tells more.',
    ],
    samples: [
      new DatabaseError(DATABASE, { kind: 'unreachable', detail: 'nothing listens there' }),
      new DatabaseError(DATABASE, { kind: 'lost', detail: 'it is being shut down' }),
      new DatabaseError(DATABASE, { kind: 'outdated', version: 1, needed: 2 }),
      new DatabaseError(DATABASE, { kind: 'package', name: 'pg' }),
    ],
  },
  LockedError: {
    happened: 'Another run of this connector is under way.',
    means: 'This one did nothing.',
    steps: [
      'Wait. "hrsync runs" shows the run that has not ended.',
      'If it hangs, end its process; the next run asks the learning platform what became of its last change.',
      'Schedule the jobs so that they do not meet.',
    ],
    samples: [
      new LockedError(STATE, 'process 4711 since 02:15'),
      new LockedError(`connector acme in ${DATABASE}`, 'process 4711 on host1', 'run', '2026-12-01T02:16:15.000Z'),
    ],
  },
  LeaseLostError: {
    happened: 'The run could not renew its right to write in the database in time, or another run has taken it.',
    means:
      'It sent nothing more and wrote nothing more. The next run asks the learning platform about what is unclear.',
    steps: [
      'Nothing, if it happened once: a machine was suspended, or the network was down for a while.',
      'Otherwise look for what holds the process up, or raise "lease.for" and "lease.grace" in the config.',
    ],
    samples: [new LeaseLostError('it ran out before it could be renewed')],
  },
} as const;
