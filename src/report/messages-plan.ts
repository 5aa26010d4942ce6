import type { FailuresError, OtherCompanyError, SavedPlanError, StalePlanError } from '../errors-plan.js';
import { said } from './messages-words.js';

const NOTHING_SENT = 'Nothing was sent.';
const PLAN_AGAIN = 'Run "hrsync plan --out FILE" again and have the new plan reviewed.';

/** Explains why a saved plan is not applied. */
export function explainPlanError(error: SavedPlanError | StalePlanError): {
  what: string;
  meaning: string;
  next: string;
} {
  if (error.name === 'StalePlanError') return explainStale(error);
  const file = said(error.file);
  const { problem } = error;
  switch (problem.kind) {
    case 'unreadable':
      return {
        what: `${file} cannot be read (${said(problem.detail)}).`,
        meaning: NOTHING_SENT,
        next: 'Check the path and the rights of the file.',
      };
    case 'not_a_plan':
      return {
        what: `${file} is no saved plan.`,
        meaning: NOTHING_SENT,
        next: 'Give the file that "hrsync plan --out FILE" wrote.',
      };
    case 'edited':
      return {
        what: `${file} is not as it was saved: its digest does not fit its contents.`,
        meaning: `A plan is applied as it was reviewed or not at all. ${NOTHING_SENT}`,
        next: PLAN_AGAIN,
      };
    case 'unsealed':
      return {
        what: `${file} bears no seal of this connector's state: it was edited and given a new digest, or it was made with another state or by an older hrsync.`,
        meaning: `A plan is applied as it was reviewed or not at all. ${NOTHING_SENT}`,
        next: PLAN_AGAIN,
      };
    case 'newer':
      return {
        what: `${file} was saved by a newer hrsync (format ${problem.format}; this one knows ${problem.supported}).`,
        meaning: NOTHING_SENT,
        next: 'Update hrsync on this machine.',
      };
    case 'checksum':
      return {
        what: `${file} has the digest ${said(problem.actual)}, and --checksum says ${said(problem.expected)}.`,
        meaning: `This is not the plan that was reviewed. ${NOTHING_SENT}`,
        next: 'Give the file and the digest that "hrsync plan --out FILE" printed together.',
      };
    case 'foreign':
      return {
        what: `${file} is a plan for ${said(problem.holds)}, and the config is for ${said(problem.expected)}.`,
        meaning: NOTHING_SENT,
        next: 'Give the config that the plan was made with: --config FILE.',
      };
  }
}

function explainStale({ file, moved, differences, total }: StalePlanError): {
  what: string;
  meaning: string;
  next: string;
} {
  const more = total - differences.length;
  const lines = [...moved, ...differences, ...(more > 0 ? [`… and ${more} more`] : [])];
  return {
    what: [`The saved plan ${said(file)} is stale:`, ...lines.map((line) => `- ${said(line)}`)].join('\n'),
    meaning: `A run would not do now what was reviewed then. ${NOTHING_SENT}`,
    next: PLAN_AGAIN,
  };
}

/** Explains why an LMS is taken for another company's. */
export function explainOtherCompany({ system, same, lookedAt }: OtherCompanyError): {
  what: string;
  meaning: string;
  next: string;
} {
  const name = said(system);
  return {
    what: `${name} is spoken to with new credentials, and only ${same} of ${lookedAt} accounts looked at are those of the people remembered.`,
    meaning: `These credentials seem to belong to another company. ${NOTHING_SENT}`,
    next: `Compare the credentials and the address of the target with those of the connector's company. For another company, give the connector a state of its own ("state" in the config).`,
  };
}

/** Explains why a run stopped after many failures. */
export function explainFailures({ failed, tried }: FailuresError): { what: string; meaning: string; next: string } {
  return {
    what: `${failed} of the first ${tried} changes failed, more than "safety.max_failures.stop" in the config allows.`,
    meaning: 'Nothing more was begun but what ends an account. What the LMS acknowledged is recorded; the rest waits.',
    next: '"hrsync status" shows what the failures have in common. The next run tries again.',
  };
}
