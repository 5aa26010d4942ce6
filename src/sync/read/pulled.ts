import type { Scheduled, Skip } from '../../core/change.js';
import type { EmployeeReference } from '../../core/employee.js';
import type { NamelessUnits } from '../../core/nameless.js';
import type { ReadProof } from '../../core/read.js';
import type { Candidate } from '../../core/standing.js';
import type { ReadMarks } from '../../store/read-marks.js';
import type { NotedFacts } from './intake/noted.js';
import type { Seen } from './intake/seen.js';

/** What planning must know of every candidate at once; the rest waits in the spool. */
export interface CandidateNote {
  readonly kind: Candidate['standing']['kind'];
  readonly emailKey: string | null;
  readonly manager: string | null;
}

/** A last day to come, and whether there is an account that is open already. */
export interface Leaver {
  readonly scheduled: Scheduled;
  readonly isOpen: boolean;
}

/** What a read came to. */
export interface Pulled extends NotedFacts {
  readonly proof: ReadProof;
  readonly employees: number;
  readonly inScope: number;
  /** Linked people for whom nothing is to be done. */
  readonly unchanged: number;
  readonly candidates: ReadonlyMap<string, CandidateNote>;
  readonly skips: readonly Skip[];
  /** Keys (`employees.key`) and user names (`userNameKey`) that several people bear who should have an account, with their employee ids. */
  readonly sharedKeys: ReadonlyMap<string, readonly string[]>;
  /** Who could not be read at all; each is among the skips as well. */
  readonly unread: readonly EmployeeReference[];
  /** Whose account will end on a day that is known already. */
  readonly leavers: readonly Leaver[];
  readonly seen: Seen;
  /** Whom a read of some people brought, by id; null after a read of everybody. */
  readonly people: ReadonlySet<string> | null;
  /** Whom HR says to be deleted, and has no longer. */
  readonly deleted: readonly string[];
  /** How far the reads have come with this one, should nothing of it be forgotten. */
  readonly marks: Partial<ReadMarks>;
  /** Linked people who had been missing and are back, whatever else becomes of them. */
  readonly returned: readonly string[];
  /** The bytes that the read rests on, and whether the last such read rested on the same; absent where no source tells. */
  readonly bytes?: { readonly digest: string; readonly areSame: boolean };
  /** Whether the source gives only those who changed, and no earlier read of everybody is missing. */
  readonly changesOnly?: boolean;
  /** People with a closed account who, by HR, did not leave long ago; empty without `delete_after`. */
  readonly stillHere: ReadonlySet<string>;
  /** How many people are in units without a name, per HR field; absent where not everybody was read. */
  readonly nameless?: readonly NamelessUnits[];
  /** What the source had to say of the read, as sentences. */
  readonly notices: readonly string[];
}

/** What is known once a read has ended, besides the records. */
export type ReadVerdict = Pick<
  Pulled,
  'proof' | 'notices' | 'people' | 'deleted' | 'marks' | 'bytes' | 'changesOnly' | 'nameless'
>;
