import type { PlannedChange } from '../core/change.js';
import type { Day } from '../core/day.js';
import type { TypeTable } from '../core/field-type.js';
import type { Mapping } from '../core/mapping.js';
import type { Policy } from '../core/policy.js';
import type { LimitedKind } from '../core/safety.js';
import type { Candidate } from '../core/standing.js';
import type { Reporter } from '../report/reporter.js';
import type { UnderWay } from '../report/under-way.js';
import type { Source } from '../sources/source.js';
import type { Spool } from '../store/spool.js';
import type { CredentialDigests, Store } from '../store/store.js';
import type { Target } from '../targets/target.js';
import type { Approval } from './approval.js';
import type { ReadTime } from './read/read-time.js';
import type { RunKind } from './run-kind.js';

/** What one run is asked to do. */
export interface RunOptions {
  readonly command: string;
  readonly dryRun: boolean;
  readonly kind: RunKind;
  /** Limits raised for this run: `--allow KIND=N`. */
  readonly allow: Readonly<Partial<Record<LimitedKind, number>>>;
  /** Whether a dry run that finds changes ends with an exit code of its own. */
  readonly detailedExitCode: boolean;
  /** Epoch milliseconds after which no further change is begun, or null; `readTime` bounds what comes before. */
  readonly deadline: number | null;
}

/** Everything that a run works with, handed in: adapters, store, clock, policy. */
export interface RunContext {
  readonly connector: string;
  readonly options: RunOptions;
  readonly policy: Policy;
  readonly mapping: Mapping;
  /** Which HR types fit which fields of the target. */
  readonly types: TypeTable;
  /** HR fields that the run needs. */
  readonly neededFields: readonly string[];
  readonly source: Source;
  readonly target: Target;
  /** Digests of what names the credentials of each side; null where nothing does. */
  readonly credentials: CredentialDigests;
  readonly store: Store;
  readonly spool: Spool<Candidate, PlannedChange>;
  readonly reporter: Reporter;
  /** The run of another process that goes on now; only what takes no lock can meet one. */
  readonly underWay?: UnderWay | null;
  /** The saved plan that this run may carry out and nothing else, where there is one. */
  readonly approval?: Approval | null;
  /** Names a line of the config: `mapping.email (line 23)`. */
  readonly placeOf: (path: readonly string[]) => string;
  readonly now: () => Date;
  /** Digest of what of the config decides a plan, to be kept with the run. */
  readonly configDigest: string;
  /** The day of the first import: the one in the state, or today. */
  readonly firstImport: Day;
  /** A short digest of a text, the same for the same text. */
  readonly digest: (text: string) => string;
  /** Aborted when the run is asked to stop. */
  readonly signal: AbortSignal;
  /** The time that the run may spend reading, where it is bounded. */
  readonly readTime?: ReadTime | undefined;
}
