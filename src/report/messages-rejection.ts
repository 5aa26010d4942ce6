import { StatusError } from '../http/errors.js';
import type { RejectedError } from '../targets/kit/rejected.js';
import { said } from './messages-words.js';

/** Explains a change that the LMS refused for one person. */
export function explainRejection(error: RejectedError): { what: string; meaning: string; next: string } {
  const { reason, detail, cause } = error;
  const words: Readonly<Record<RejectedError['reason'], readonly [string, string]>> = {
    email_taken: [
      'The e-mail address belongs to another account',
      'Give one of the two another address in HR or the LMS.',
    ],
    external_id_taken: [
      'The external id (employees.key) belongs to another account',
      'Remove it from the other account in the LMS.',
    ],
    invalid_value: [
      'The LMS does not take a value',
      'Correct the value in HR, or map it with "map" or "type" in the config.',
    ],
    unknown_account: [
      'The LMS does not know the account',
      'Look for the person in the LMS: the account may have been deleted by hand; then "hrsync verify --repair" makes a new one.',
    ],
    unknown_reference: [
      'The LMS does not know something that a field names',
      'Make it in the LMS, or map the value to one that exists.',
    ],
    by_hand: [
      'Only a person can do this in the LMS',
      'Do by hand what it names; "hrsync status" shows it until it is done.',
    ],
    other: [
      'The LMS refused the change',
      'Correct what it names; "hrsync import-all --dry-run --only PERSON" shows what would be sent.',
    ],
  };
  const [what, next] = cause instanceof StatusError && cause.status === 403 ? forbidden(cause) : words[reason];
  return {
    what: `${what}: ${said(detail)}`,
    meaning: 'This person was not changed; everybody else is unaffected.',
    next,
  };
}

function forbidden({ request }: StatusError): readonly [string, string] {
  const call = `${request.method} ${said(request.url)}`;
  return [
    'The LMS does not allow this change',
    `Ask an admin of ${said(request.system)} whether these credentials have the right for ${call}, and whether the account is protected there; "hrsync check" shows what they may do.`,
  ];
}
