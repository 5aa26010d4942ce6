import { sayLeft, secondsLeft, UNKNOWN_END, watch } from './estimate.js';
import type { RunHeader } from './reporter.js';
import { safeText } from './terminal.js';
import { count, grouped } from './words.js';

/** How far the carrying out of a plan is. */
export interface Applying {
  readonly done: number;
  readonly failed: number;
  readonly total: number;
}

/** What a run goes through, as far as one can watch it. */
type Phase = 'reading' | 'matching' | 'applying';

/** What is known of a run at its beginning. */
type Begun = Pick<RunHeader, 'connector' | 'source' | 'dryRun' | 'reverts'>;

const BAR = 20;
/** On a narrower terminal words matter more than a picture. */
const LEAST_WIDTH = 72;
/** The spinner and its space, and one column that some terminals need. */
const SPINNER = 4;

/**
 * What a terminal shows of a run under way: which phase of how many it is, a bar, what is done of what, and when the phase
 * ends. How long the changes take is known as soon as they are: the last phase covers all of them, whatever their kind.
 */
export class ProgressText {
  #phases: readonly Phase[] = [];
  #phase: Phase | null = null;
  #forecast = UNKNOWN_END;

  constructor(
    private readonly now: () => Date,
    private readonly width: number,
  ) {}

  /** A run begins; a dry run sends nothing, and one that takes another back reads nothing. */
  begin({ connector, source, dryRun, reverts }: Begun): string {
    const before: readonly Phase[] = reverts === undefined ? ['reading', 'matching'] : [];
    this.#phases = dryRun ? before : [...before, 'applying'];
    this.#phase = null;
    return this.#fit(`${connector}: reading ${reverts === undefined ? source.title : `the journal of run ${reverts}`}`);
  }

  /** `1/3 reading Personio ████████░░░░ 200 of 412, about 20 s left`. */
  reading(title: string, { employees, total }: { readonly employees: number; readonly total: number | null }): string {
    return this.#tell('reading', `reading ${title}`, employees, total);
  }

  /** `2/3 looking through accounts in Learn Amp 18,000`. */
  matching(title: string, accounts: number): string {
    return this.#tell('matching', `looking through accounts in ${title}`, accounts, null);
  }

  /** `3/3 applying ████████░░░░ 120 of 410, 2 failed, about 3 min 20 s left`. */
  applying({ done, failed, total }: Applying): string {
    return this.#tell('applying', 'applying', done, total, failed > 0 ? `${grouped(failed)} failed` : null);
  }

  #tell(phase: Phase, what: string, done: number, total: number | null, trouble: string | null = null): string {
    if (phase !== this.#phase) this.#forecast = UNKNOWN_END;
    this.#phase = phase;
    const at = this.now().getTime();
    if (total !== null) this.#forecast = watch(this.#forecast, { at, done }, total);
    const left = total === null || done >= total ? null : secondsLeft(this.#forecast, at);
    const numbers = [
      total === null ? grouped(done) : `${grouped(done)} of ${grouped(total)}`,
      ...(trouble === null ? [] : [trouble]),
      ...(left === null ? [] : [sayLeft(left)]),
    ].join(', ');
    const bar = total === null || this.width < LEAST_WIDTH ? '' : `${barOf(done, total)} `;
    const place = this.#phases.indexOf(phase) + 1;
    return this.#fit(`${place > 0 ? `${place}/${this.#phases.length} ` : ''}${what} ${bar}${numbers}`);
  }

  #fit(sentence: string): string {
    return safeText(sentence, this.width - SPINNER);
  }
}

/** How far the reading of the HR system is: `reading 200 of 412 employees from Personio`. */
export function sayReading(title: string, { employees, total }: { employees: number; total: number | null }): string {
  const number = total === null ? count(employees, 'employee') : `${grouped(employees)} of ${count(total, 'employee')}`;
  return `reading ${number} from ${title}`;
}

/** `applying 120 of 410, 2 failed`. */
export function sayApplying({ done, failed, total }: Applying): string {
  const trouble = failed > 0 ? `, ${grouped(failed)} failed` : '';
  return `applying ${grouped(done)} of ${grouped(total)}${trouble}`;
}

function barOf(done: number, total: number): string {
  const full = total === 0 ? BAR : Math.min(BAR, Math.floor((done / total) * BAR));
  return '█'.repeat(full) + '░'.repeat(BAR - full);
}
