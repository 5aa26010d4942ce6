import { EXIT_MEANINGS, type ExitCode } from '../exit.js';
import { exitCodesOf } from './error-pages.js';
import { ERROR_KINDS, ERROR_PAGES, type ErrorKind } from './messages-pages.js';
import { makeStyle } from './style.js';
import { lines, wrapText } from './terminal.js';

/** What there is to know of one exit code. */
interface ExitPage {
  readonly means: string;
  readonly steps: readonly string[];
}

const REPEAT = 'It is safe to start the same command again.';

/** What each exit code means for the accounts, and what to do. */
const EXIT_PAGES: Readonly<Record<ExitCode, ExitPage>> = {
  0: {
    means: 'Everything that was due is done. People whom the run skipped are listed: HR can act on them.',
    steps: ['Nothing. "hrsync status" shows who was left alone and what is scheduled.'],
  },
  1: {
    means: 'hrsync met something that it does not know, or the state file or the operating system refused something.',
    steps: ['Read the error on stderr; --verbose shows where a defect happened.', REPEAT],
  },
  2: {
    means: 'The command line or the config cannot be used. Nothing was read and nothing was changed.',
    steps: ['Correct what the error names; "hrsync COMMAND --help" shows the flags.', 'Run "hrsync check".'],
  },
  3: {
    means: 'A dry run with --detailed-exitcode found changes, or verify found accounts that differ. Nothing was sent.',
    steps: ['Read the list. "hrsync import-all" sends the changes, "hrsync verify --repair" mends what differs.'],
  },
  4: {
    means: 'Some changes failed or wait for a retry, or some people could not be read. Everything else is done.',
    steps: [
      '"hrsync status" lists who keeps failing and why; "hrsync explain PERSON" shows one person whole.',
      'Mend what the errors name. The next run tries again by itself.',
      'With "status --max-age" it means that no good run is young enough: see "hrsync runs".',
    ],
  },
  5: {
    means: 'The plan would do more than a limit of "safety" allows. Nothing of the refused kind was sent.',
    steps: [
      'Read the plan: the refusal names the figures and the first people.',
      'If HR confirms all of it, run once more with the --allow flag that the refusal prints.',
      'If not, have the data mended in HR: the next run plans anew.',
    ],
  },
  6: {
    means: "The HR system's answer was short, implausible, or did not come. Nobody was deactivated.",
    steps: ['Run again later.', 'If it stays: "hrsync check" names what HR does not show.'],
  },
  7: {
    means: 'Another run of this connector is under way. This one did nothing.',
    steps: ['Wait. "hrsync status" shows how far the other one is.', 'Schedule the jobs so that they do not meet.'],
  },
  8: {
    means: 'A system rejected the credentials, or they lack a right that the config needs.',
    steps: ['Compare the credentials and rights that the error names.', 'Run "hrsync check", then the run again.'],
  },
  9: {
    means: 'HR, the state, the config or the day has overtaken a saved plan. Nothing was sent.',
    steps: ['Save a new plan with "hrsync plan --out FILE", look at what is different, and apply it.'],
  },
  10: {
    means: 'The minutes or requests of this run are used up. What was begun is finished.',
    steps: ['Nothing: the next run goes on from there.', 'If it comes every night, raise the bound that is named.'],
  },
  130: {
    means: 'A signal (Ctrl-C, a shutdown) stopped the run. What was under way was finished.',
    steps: [REPEAT],
  },
};

/** The page of one exit code: what it means, what to do, and which errors end with it. */
export function renderExitPage(
  code: ExitCode,
  { width: columns, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const style = makeStyle(colour);
  const width = Math.min(columns, 100);
  const { means, steps } = EXIT_PAGES[code];
  const kinds = kindsEndingWith(code);
  const part = (title: string, texts: readonly string[]) =>
    texts.flatMap((text, index) => wrapText(text, width, (index === 0 ? title : '').padEnd(14)));
  return lines([
    ...wrapText(`Exit code ${code}: ${EXIT_MEANINGS[code]}`, width).map(style.strong),
    '',
    ...part('What it means', [means]),
    ...part(
      'What to do',
      steps.map((step, index) => `${index + 1}. ${step}`),
    ),
    ...part(
      'Errors',
      kinds.map((kind) => `${kind}: ${ERROR_PAGES[kind].happened}`),
    ),
    ...(kinds.length === 0 ? [] : ['', ...wrapText('"hrsync errors KIND" tells more of one error.', width)]),
  ]);
}

/** The same for programs. */
export function exitPageDocument(code: ExitCode): object {
  const { means, steps } = EXIT_PAGES[code];
  const errors = kindsEndingWith(code);
  return { format: 1, exit_code: { code, meaning: EXIT_MEANINGS[code], means, steps, errors } };
}

function kindsEndingWith(code: ExitCode): readonly ErrorKind[] {
  return ERROR_KINDS.filter((kind) => exitCodesOf(ERROR_PAGES[kind]).includes(code));
}
