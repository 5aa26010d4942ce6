import {
  BudgetError,
  ConfigError,
  CredentialsError,
  IncompleteReadError,
  InterruptedError,
  NotReadyError,
  OutOfTimeError,
  PermissionError,
  UnknownPersonError,
  UsageError,
} from '../errors.js';
import { FailuresError, MappingError, OtherCompanyError, SavedPlanError, StalePlanError } from '../errors-plan.js';
import { REQUEST_PAGES } from './messages-pages-http.js';
import { STATE_PAGES } from './messages-pages-state.js';

/** One kind of error, explained for the operator who meets it at night. */
export interface ErrorPage {
  readonly happened: string;
  readonly means: string;
  /** What to do, in the order in which to try it. */
  readonly steps: readonly string[];
  /** Such errors with made-up facts: what hrsync says of each is shown. */
  readonly samples: readonly Error[];
  /** What a run ends with, where that is not the error's own exit code. */
  readonly exitCode?: number;
}

const PLAN = 'plan.json';

const OWN_PAGES = {
  UsageError: {
    happened: 'The command line asks for something that there is not, or for things that do not go together.',
    means: 'Nothing was read and nothing was changed.',
    steps: ['Read the first sentence: it names the flag.', '"hrsync COMMAND --help" shows an example of each command.'],
    samples: [new UsageError('--as-of belongs to --dry-run: nobody can be changed on another day')],
  },
  ConfigError: {
    happened: 'The config cannot be used; every problem is named with file, line and column.',
    means: 'Nothing was read and nothing was changed. A night that ends so has not happened.',
    steps: [
      'Correct the places that are named; what stands behind "write" is what is meant.',
      'If nobody touched the file, an environment variable, a secret file or a secret command is missing.',
      'Run "hrsync check", then the night again.',
    ],
    samples: [
      new ConfigError([
        {
          ...{ file: 'hrsync.yaml', line: 14, column: 3, path: 'mapping.job_tilte' },
          ...{ message: 'is not a key that is known here', suggestion: 'job_title' },
        },
      ]),
    ],
  },
  MappingError: {
    happened: 'A line of the mapping writes what its field in the learning platform does not take.',
    means: 'Nothing was sent. Often somebody changed a field on one of the two sides.',
    steps: [
      'Run "hrsync check": it prints the types of both sides, line by line.',
      'Give the rule a "type", map another attribute, or undo the change to the field.',
    ],
    samples: [
      new MappingError('Personio', 'LearnUpon', [
        {
          ...{ field: 'custom_fields.Badge', takes: 'date', from: 'dynamic_1234567', makes: 'integer', constant: null },
          fitting: { attributes: ['date'], types: ['date'], choices: [] },
        },
      ]),
    ],
  },
  CredentialsError: {
    happened: 'A system does not accept the credentials.',
    means: 'Nothing more can be sent. What was acknowledged before is recorded; the rest waits.',
    steps: [
      'Ask whether somebody made new keys: with some systems that ends the old ones.',
      'Look whether the variable or file that holds the secret is there for the user of the nightly job.',
      'Put the new secret in its place, run "hrsync check", then the night again.',
    ],
    samples: [
      new CredentialsError('Personio', 'the client is not known', {
        settings:
          '"source.client_id" and "source.client_secret" with the API credentials in Personio\'s integration settings',
      }),
    ],
  },
  PermissionError: {
    happened: 'The credentials are good, and may not read or do something that the config needs.',
    means: 'Nothing is concluded from what is hidden: it would look as if it were empty for everybody.',
    steps: [
      'Have an admin of that system grant what is named.',
      'Or take what needs it out of "mapping" and "employees.filter".',
      'Run "hrsync check": it names everything that is missing at once.',
    ],
    samples: [new PermissionError('Personio', ['attribute job_title'], 'it is not among the readable attributes')],
  },
  IncompleteReadError: {
    happened: "The HR system's answer is short, contradicts itself, is implausible, or did not come.",
    means: 'Nobody was changed and nobody was deactivated. The checks that did not hold are listed.',
    steps: [
      'Run again later: most such nights mend themselves.',
      'If a count fell: ask HR whether people really left. If so, lower "safety.min_employees" for one run.',
      'If an attribute is missing for everybody: a right was taken away. Have it given back.',
      'If a canary is missing because that person left: name another in "safety.canaries".',
    ],
    samples: [new IncompleteReadError('Personio', ['100 employees came, and Personio counts 412'])],
  },
  NotReadyError: {
    happened: 'The HR system, or the service that mirrors it, says itself that its data is not to be used now.',
    means: 'Nobody was read and nobody was changed.',
    steps: ['Look at the integration in its dashboard.', 'Run "hrsync check"; the next night goes on by itself.'],
    samples: [
      new NotReadyError('Kombo', 'outdated', 'a change of the scope has not been synchronised'),
      new NotReadyError('Kombo', 'disconnected', 'Workday refuses the credentials'),
    ],
  },
  ...STATE_PAGES,
  InterruptedError: {
    happened: 'A signal (Ctrl-C, a shutdown, a time limit of systemd) asked the run to stop.',
    means: 'What was under way was finished; the rest was not begun.',
    steps: ['Start it again whenever you like; nothing is done twice.'],
    samples: [new InterruptedError()],
  },
  BudgetError: {
    happened: 'The requests that this run, or this week, may make are used up.',
    means: 'What was begun is finished. The next run goes on from there.',
    steps: [
      'Nothing, if this is a first import: it takes several nights.',
      'Otherwise look at "hrsync runs" for what took so many changes, or raise the setting that is named.',
    ],
    samples: [new BudgetError('LearnUpon', 'this run has sent 20000 requests', 'max_requests_per_run')],
  },
  OutOfTimeError: {
    happened: 'The time of a run (--max-minutes) ended while it was still reading.',
    means: 'Nothing was concluded from half a read, and nothing was changed. The next run begins anew.',
    steps: [
      'Give the run more time.',
      'If it used to be enough: --verbose shows each request, and which of them are slow.',
    ],
    samples: [new OutOfTimeError()],
  },
  UnknownPersonError: {
    happened: 'Nobody of that employee id or address is known there.',
    means: 'Nothing was changed.',
    steps: [
      'Look for a typing error; an address must be the work e-mail that HR shows.',
      'Somebody new is not in the state yet: add --fresh to "hrsync explain".',
    ],
    samples: [new UnknownPersonError('ada@acme.example', 'the state (--fresh asks Personio)')],
  },
  OtherCompanyError: {
    happened: 'The learning platform is spoken to with new credentials, and its accounts are not the remembered ones.',
    means: 'Account numbers of another company mean other people there, so nothing was sent.',
    steps: [
      'Compare the credentials and "target.base_url" with those of the company that this connector is for.',
      'For another company: give the connector another "state" file in the config.',
    ],
    samples: [new OtherCompanyError('Learn Amp', 0, 20)],
  },
  SavedPlanError: {
    happened: 'A file is no saved plan, was edited, or belongs to another connector.',
    means: 'Nothing was sent.',
    steps: ['Check the name of the file, and --config.', 'Save the plan again with "hrsync plan --out FILE".'],
    samples: [
      new SavedPlanError(PLAN, { kind: 'edited' }),
      new SavedPlanError(PLAN, { kind: 'checksum', expected: 'sha256:12…', actual: 'sha256:9f…' }),
    ],
  },
  StalePlanError: {
    happened: 'A saved plan differs from what a run would do now.',
    means: 'Nothing was sent. What moved is named: the HR record, the state, the config, the day.',
    steps: [
      'Save a new plan, look at what is different, and have it approved.',
      'Apply plans before the night that follows, or take "import-all" out of the schedule until then.',
    ],
    samples: [new StalePlanError(PLAN, ['the mapping has changed'], ['update of #1001 is another now'], 1)],
  },
  FailuresError: {
    happened: 'More changes of a run failed than safety.max_failures.stop allows.',
    means: 'Nothing more was begun but what ends an account. The rest waits for the next run.',
    steps: [
      'Run "hrsync status": it shows who failed, and why.',
      'If all failed for one reason, mend that: the mapping, a right, a field of the learning platform.',
      'Otherwise start the run again; raise the limit if so many failures are usual.',
    ],
    samples: [new FailuresError(31, 120)],
  },
} as const satisfies Readonly<Record<string, ErrorPage>>;

/** A page for every kind of error, under the name that its messages bear. */
export const ERROR_PAGES = { ...OWN_PAGES, ...REQUEST_PAGES } as const;

/** What a message calls its kind of error. */
export type ErrorKind = keyof typeof ERROR_PAGES;

/** Every kind of error, in the order of the list. */
export const ERROR_KINDS = Object.keys(ERROR_PAGES).filter(isErrorKind);

/** Whether there is a page of this name. */
export function isErrorKind(name: string): name is ErrorKind {
  return Object.hasOwn(ERROR_PAGES, name);
}
