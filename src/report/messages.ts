import { sayMinute } from '../core/instant.js';
import {
  BudgetError,
  ConfigError,
  type ConfigProblem,
  CredentialsError,
  HrsyncError,
  IncompleteReadError,
  InterruptedError,
  LockedError,
  NotReadyError,
  OutOfTimeError,
  PermissionError,
  RequestError,
  StateError,
  UnknownPersonError,
  UsageError,
} from '../errors.js';
import { FailuresError, MappingError, OtherCompanyError, SavedPlanError, StalePlanError } from '../errors-plan.js';
import { CaFileError, ProxyAddressError } from '../http/errors.js';
import { RejectedError } from '../targets/kit/rejected.js';
import { explainRequestError } from './messages-http.js';
import { explainMapping } from './messages-mapping.js';
import { explainNotReady } from './messages-not-ready.js';
import { type ErrorKind, isErrorKind } from './messages-pages.js';
import { explainFailures, explainOtherCompany, explainPlanError } from './messages-plan.js';
import { explainRejection } from './messages-rejection.js';
import { explainState } from './messages-state.js';
import { explainSystemError } from './messages-system.js';
import { ended, said } from './messages-words.js';
import { count } from './words.js';

/** An error in words: what happened, what it means for the accounts, what to do next. */
export interface Explanation {
  /** Under which name there is a page about it. */
  readonly kind: ErrorKind;
  /** One sentence; further facts follow on lines of their own. */
  readonly what: string;
  readonly meaning: string;
  readonly next: string;
  /** Whether the stack helps: only for defects. */
  readonly stack: boolean;
  /** A far end's own words, for `--verbose` alone: they may be about a person. Null where the sentences hold them already. */
  readonly words: string | null;
}

type Words = Pick<Explanation, 'what' | 'meaning' | 'next'>;

const NOTHING_CHANGED = 'Nothing was changed.';
const REST_WAITS = 'What the LMS acknowledged is recorded; the rest is left for the next run.';

/** Turns any error into words. Text from outside is made safe in them. */
export function explainError(error: unknown): Explanation {
  const own = explainHrsyncError(error);
  const known = own ?? explainSystemError(error);
  if (known === null) return { ...defect(error), kind: 'Defect' };
  const name = own !== null && error instanceof Error ? error.name : 'SystemError';
  const words = wordsBeside(error, known.what);
  return { ...known, what: ended(known.what), stack: false, words, kind: isErrorKind(name) ? name : 'Defect' };
}

/** An error as a part of a JSON document; `problems` only where the config is at fault. */
export function describeError(error: unknown): object {
  const { what, meaning, next } = explainError(error);
  const name = error instanceof Error ? error.name : 'Error';
  return { name, what, meaning, next, ...(error instanceof ConfigError ? { problems: error.problems } : {}) };
}

function explainHrsyncError(error: unknown): Words | null {
  if (error instanceof UsageError) {
    return {
      what: said(error.message),
      meaning: NOTHING_CHANGED,
      next: error.next ?? '"hrsync --help" lists the commands, "hrsync COMMAND --help" the options of one.',
    };
  }
  if (error instanceof ConfigError) return explainConfig(error.problems);
  if (error instanceof MappingError) return explainMapping(error);
  if (error instanceof CredentialsError) return explainCredentials(error);
  if (error instanceof PermissionError) return explainPermission(error);
  if (error instanceof IncompleteReadError) {
    const cause = error.cause instanceof RequestError ? explainRequestError(error.cause) : null;
    return {
      what: [
        `The read of ${said(error.system)} is not complete:`,
        ...error.findings.map((each) => `- ${said(each)}`),
      ].join('\n'),
      meaning: 'The answer cannot be believed, so nothing was concluded from it and nobody was deactivated.',
      next:
        error.next ??
        cause?.next ??
        'Run again later. If people did leave HR or a field was unmapped on purpose, adapt "safety.min_employees", "safety.canaries" or "mapping" in the config; "hrsync check" shows what HR lets us read.',
    };
  }
  if (error instanceof CaFileError || error instanceof ProxyAddressError) {
    const setting = error instanceof CaFileError ? 'ca_file' : 'proxy, or the proxy variables of the environment';
    return {
      what: said(error.message),
      meaning: NOTHING_CHANGED,
      next: `Correct ${setting}; then run "hrsync check".`,
    };
  }
  if (error instanceof NotReadyError) return explainNotReady(error);
  if (error instanceof StateError) return explainState(error);
  if (error instanceof OtherCompanyError) return explainOtherCompany(error);
  if (error instanceof FailuresError) return explainFailures(error);
  if (error instanceof SavedPlanError || error instanceof StalePlanError) return explainPlanError(error);
  if (error instanceof LockedError) {
    const holder =
      error.holder === null
        ? ''
        : ` (${said(error.holder.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, (at) => sayMinute(at)))})`;
    return {
      what: `Another ${error.other} is using ${said(error.file)}${holder}.`,
      meaning: 'This run did nothing.',
      next: 'Wait until the other one has ended. The lock goes with its process, so there is no file to remove.',
    };
  }
  if (error instanceof InterruptedError) {
    return { what: 'The run was asked to stop.', meaning: REST_WAITS, next: 'It is safe to start again.' };
  }
  if (error instanceof BudgetError) {
    return {
      what: said(error.message),
      meaning: REST_WAITS,
      next: `The next run goes on from there. "target.${error.setting}" in the config sets the bound.`,
    };
  }
  if (error instanceof OutOfTimeError) {
    return {
      what: said(error.message),
      meaning: 'Nothing was concluded from what had been read, and nothing was changed.',
      next: 'Give the run more time with "--max-minutes", or look with --verbose which system answers so slowly.',
    };
  }
  if (error instanceof UnknownPersonError) {
    return {
      what: `Nobody called "${said(error.person)}" is in ${said(error.place)}.`,
      meaning: NOTHING_CHANGED,
      next: 'Give the employee id or the work e-mail exactly as HR shows it; "hrsync import-all --dry-run --verbose" shows everybody whom a run would touch.',
    };
  }
  if (error instanceof RejectedError) return explainRejection(error);
  return error instanceof RequestError ? explainRequestError(error) : null;
}

function explainConfig(problems: readonly ConfigProblem[]): Words {
  const lines = problems.map(({ file, line, column, path, message, suggestion }) => {
    const key = path === '' ? '' : `${said(path)}: `;
    const instead = suggestion === null ? '' : ` (write: ${said(suggestion)})`;
    return `${said(file)}:${line}:${column}  ${key}${said(message)}${instead}`;
  });
  return {
    what: [`The config has ${count(problems.length, 'problem')}:`, ...lines].join('\n'),
    meaning: 'Nothing was read and nothing was changed.',
    next: 'Correct the file; "hrsync check" then tries it without changing anything.',
  };
}

function explainCredentials({ system, detail, options }: CredentialsError): Words {
  const { settings = 'the credentials in the config' } = options;
  return {
    what: `${said(system)} rejected the credentials: ${said(detail)}`,
    meaning: `hrsync cannot work with ${said(system)} until this is mended. ${REST_WAITS}`,
    next: `Compare ${settings}, and the environment variables or files that they come from; then run "hrsync check".`,
  };
}

function explainPermission({ system, missing, detail, denial, next }: PermissionError): Words {
  return {
    what: `${said(system)} ${denial} ${missing.map((each) => said(each)).join(', ')}: ${said(detail)}`,
    meaning: `hrsync does not go on without it. ${REST_WAITS}`,
    next:
      said(next ?? '') ||
      `Ask an admin of ${said(system)} to grant it to these API credentials, or take what needs it out of the config; then run "hrsync check".`,
  };
}

function wordsBeside(error: unknown, what: string): string | null {
  const words = error instanceof HrsyncError ? error.words : null;
  return words === null || what.includes(said(words)) ? null : said(words);
}

function defect(error: unknown): Omit<Explanation, 'kind'> {
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    what: ended(`hrsync met an error that it does not know: ${said(words)}`),
    meaning: `This is a defect in hrsync. ${REST_WAITS}`,
    next: 'Run again with --verbose to see where it happened, and report that to the makers of hrsync.',
    stack: true,
    words: null,
  };
}
