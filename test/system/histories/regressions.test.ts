import { describe, expect, it } from 'vitest';
import type { HrEvent } from './events.js';
import { CALM, type History, type Night } from './history.js';
import { outcomeOf } from './outcome.js';
import { useFolders } from './place.js';
import { play } from './play.js';

const newFolder = useFolders();

const event = (type: HrEvent['type'], who = 0, other = 0, days = 0): HrEvent => ({ type, who, other, days });
const night = (partial: Partial<Night>): Night => ({ ...CALM, ...partial });
const history = (people: number, nights: readonly Night[], partial: Partial<History> = {}): History => ({
  choice: { outOfScope: 'keep', maxDeactivations: '100%', existingStaff: 'skip' },
  people,
  existing: [],
  nights,
  ...partial,
});

/** What random histories once found, in the words of what happened; each broke a promise then. */
const FOUND: readonly (readonly [string, History])[] = [
  [
    'a newcomer is given the address that somebody gives up in the same night, and was skipped as ambiguous',
    history(4, [CALM, CALM, night({ events: [event('swap_emails', 3, 0)] })]),
  ],
  [
    'the address of somebody whom the filter ends was taken only by the second run of the night',
    history(2, [CALM, night({ events: [event('out_of_scope', 0), event('swap_emails', 3, 0)] }), CALM], {
      choice: { outOfScope: 'deactivate', maxDeactivations: '100%', existingStaff: 'skip' },
    }),
  ],
  [
    'a reactivation that was refused half-way left the account open and the snapshot closed',
    history(2, [
      night({ events: [event('terminate', 0)] }),
      night({ events: [event('inactivate', 1), event('swap_emails', 0, 7)] }),
      night({ events: [event('terminate', 0)] }),
      CALM,
    ]),
  ],
  [
    'an account that stepped aside for an address, killed before it was opened again, passed for open',
    history(2, [
      night({ events: [event('terminate', 0)] }),
      night({ events: [event('swap_emails', 0, 9)] }),
      night({ events: [event('rehire_same', 0)], kills: [{ around: 'commit', number: 4, when: 'before' }] }),
      CALM,
    ]),
  ],
  [
    'a failure was kept on record after HR had made an end of what failed',
    history(2, [night({ faults: [[3, 'rejected']] }), night({ events: [event('clear_email', 1)] }), CALM]),
  ],
  [
    'the manager was set in a second pass after an adoption that failed, and the whole account was believed',
    history(3, [night({ events: [event('manager_loop', 10, 0)], faults: [[2, 'rejected']] }), CALM], { existing: [2] }),
  ],
  [
    'the manager of a new account whose answer was lost could not be read back, and the night ended with 0',
    history(5, [night({ gap: 3, faults: [[6, 'lost_after']] }), CALM]),
  ],
  [
    'the answer about a manager was lost, their reports went without, and the night ended with 0',
    history(3, [night({ faults: [[2, 'lost_after']] }), CALM]),
  ],
  [
    'an adoption whose answer was lost was remembered without the fields that had been in step',
    history(2, [night({ faults: [[2, 'lost_after']] }), CALM], { existing: [1] }),
  ],
  [
    'an account made after the backup was forgotten when its owner took a leaver\u2019s over, and there were two',
    history(2, [
      night({ events: [event('terminate', 9)] }),
      night({ events: [event('hire', 2)] }),
      night({ events: [event('swap_emails', 1, 2)] }),
      CALM,
      CALM,
      night({ restore: 4 }),
    ]),
  ],
  [
    'an adoption after a restore claimed that there was no manager, which nobody can read',
    history(2, [
      night({ faults: [[1, 'lost_after']] }),
      CALM,
      night({ events: [event('manager_loop', 3, 0), event('vanish', 0)] }),
      night({ restore: 2 }),
      CALM,
    ]),
  ],
  [
    'an adoption after a restore, whose answer was lost, was remembered without the employee id',
    history(4, [
      CALM,
      CALM,
      CALM,
      night({ read: { kind: 'short', lasting: true }, restore: 1 }),
      night({ faults: [[2, 'lost_after']], edit: 9 }),
      CALM,
    ]),
  ],
  [
    'killed while a skipped report was told that their manager leaves, the report was not told again',
    history(3, [
      CALM,
      night({ events: [event('clear_email', 2)] }),
      night({ events: [event('inactivate', 0)], kills: [{ around: 'call', number: 1, when: 'before' }] }),
      CALM,
    ]),
  ],
  [
    'a title that the LMS had not taken over was cleared in HR, and nothing was sent',
    history(2, [night({ faults: [[2, 'ignored']] }), night({ events: [event('clear_field', 0)] }), CALM], {
      existing: [1],
    }),
  ],
  [
    'somebody missing, who was written because their manager left, was missing from that day only',
    history(6, [
      night({ events: [event('terminate', 0)] }),
      night({ events: [event('vanish', 5)], faults: [[2, 'credentials']] }),
      night({ events: [event('clear_email', 8)], faults: [[1, 'lost_after']] }),
      night({ gap: 2 }),
      CALM,
    ]),
  ],
  [
    'a leaver beyond the limit, whose last day lay far back at last, stayed open because HR moved them out of scope',
    history(
      4,
      [CALM, night({ events: [event('terminate', 0, 0, -1), event('terminate', 1, 0, -1), event('out_of_scope', 0)] })],
      { choice: { outOfScope: 'keep', maxDeactivations: '1', existingStaff: 'skip' } },
    ),
  ],
];

describe('histories that once broke a promise', () => {
  for (const [what, found] of FOUND) {
    it(what, async () => {
      const unkilled = { ...found, nights: found.nights.map((each) => ({ ...each, kills: [] })) };
      const outcome = outcomeOf(await play(found, newFolder()));
      expect(outcome).toEqual(outcomeOf(await play(unkilled, newFolder())));
    });
  }
});
