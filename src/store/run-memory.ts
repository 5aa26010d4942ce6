import type { Scheduled } from '../core/change.js';
import type { Day } from '../core/day.js';
import type { NamelessUnits } from '../core/nameless.js';
import type { Notes } from '../core/notes.js';
import type { CredentialDigests } from './company.js';
import type { OverdueEnding } from './endings.js';
import type { Invitation } from './invitations.js';
import type { RememberedSkip } from './left-undone.js';
import type { ReadMarks } from './read-marks.js';
import type { Rekey } from './rekey.js';

/** Some words on people: those on these people (on everybody, for null) are forgotten, and then these are added. */
export interface Replaced<Word> {
  readonly forget: readonly string[] | null;
  readonly add: readonly Word[];
}

/** What a run leaves for the next. A part that is left out stands as it was. */
export interface RunMemory {
  /** The calendar, replaced whole. */
  readonly schedule?: readonly Scheduled[];
  /** Whom the run left alone. */
  readonly skips?: Replaced<RememberedSkip>;
  /** With whom something is left undone, by employee id. */
  readonly undone?: Replaced<string>;
  /** Known endings that were not done, each with the reason. */
  readonly endings?: readonly OverdueEnding[];
  /** People whose failure is over, by employee id. */
  readonly mended?: readonly string[];
  /** Lines of the invitation ledger, one per employee and hire. */
  readonly invitations?: readonly Invitation[];
  /** Those marks that are given; the others stand. */
  readonly marks?: Partial<ReadMarks>;
  /** Linked people who are left out, replaced whole. */
  readonly leftOut?: Iterable<string>;
  /** In which unit (`safety.per`) HR shows people now; null takes somebody out of theirs. */
  readonly units?: readonly { readonly employeeId: string; readonly unit: string | null }[];
  readonly credentials?: CredentialDigests;
  /** Units without a name that a read of everybody met, replaced whole. */
  readonly nameless?: readonly NamelessUnits[];
  /** What the target noted for later runs, replaced whole. */
  readonly notes?: Notes;
  /** Other employee ids, before anything else that is kept. */
  readonly rekey?: Rekey;
  /**
   * Whom a complete read shows. Of those whom the first read showed, who has an account now is forgotten, and of the others
   * it is noted since when they are gone from HR.
   */
  readonly shown?: { readonly isShown: (employeeId: string) => boolean; readonly today: Day };
}
