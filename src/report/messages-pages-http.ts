import { type RequestFacts, ShortListError } from '../errors.js';
import { EXIT } from '../exit.js';
import {
  AnswerError,
  CaFileError,
  ForeignLinkError,
  NetworkError,
  PatienceError,
  ProxyAddressError,
  StatusError,
  TimeoutError,
  WrongServerError,
} from '../http/errors.js';
import { RejectedError } from '../targets/kit/rejected.js';

const REQUEST: RequestFacts = {
  system: 'Learn Amp',
  method: 'POST',
  url: 'https://api.learnamp.example/v1/users',
  attempts: 3,
};

const READ_OR_WRITE =
  'A read of HR that fails so ends with exit code 6 and changes nobody. In the learning platform the change is left, and asked about if it may have been made.';

/** The pages of errors that come from requests, files and people of the learning platform. */
export const REQUEST_PAGES = {
  StatusError: {
    happened: 'A system answered with an HTTP status that is no success.',
    means: READ_OR_WRITE,
    steps: [
      '5xx or 429: run again later; look at the status page of that system.',
      '401 or 403: see "hrsync errors CredentialsError" and PermissionError.',
      '404: look at "base_url" and the ids in the config. 407: the proxy wants credentials.',
      'Anything else: run with --verbose, which shows each request.',
    ],
    samples: [new StatusError(REQUEST, 503, null, {})],
  },
  NetworkError: {
    happened: 'A system could not be reached: name, connection, certificate or proxy.',
    means: READ_OR_WRITE,
    steps: [
      'Try from the same machine and user: curl -v on the address that is named.',
      'Compare DNS, firewall, VPN, "proxy" and "ca_file" with a machine on which it works.',
    ],
    samples: [new NetworkError(REQUEST, 'ENOTFOUND', false), new NetworkError(REQUEST, 'CERT_HAS_EXPIRED', false)],
  },
  TimeoutError: {
    happened: 'A system did not answer in time.',
    means: READ_OR_WRITE,
    steps: ['Run again later.', 'If it is always slow, raise "timeout_seconds" or lower "concurrency".'],
    samples: [new TimeoutError(REQUEST, 30)],
  },
  AnswerError: {
    happened: 'An answer came that is not what this API answers: a web page, broken or unexpected JSON.',
    means: READ_OR_WRITE,
    steps: [
      'Look whether "base_url" is the API, and whether a proxy or a login page answers in its place.',
      'If it stays, the vendor may have changed the API: report it with the output of --verbose.',
    ],
    samples: [new AnswerError(REQUEST, 200, 'an HTML page instead of JSON')],
  },
  ShortListError: {
    happened: 'A list of accounts was shorter than the learning platform says it is.',
    means:
      'Nobody counts as missing, or as new, because such a list lacks them. hrsync looks people up one by one instead; this error says that it could not.',
    steps: [
      'Run "hrsync check": it says what list and filters proved to do.',
      'Ask the vendor how the list is paged and which filters find a user, and set "paging" and "look_up" so.',
    ],
    samples: [new ShortListError({ ...REQUEST, method: 'GET' }, 'a list of 20 that says it has 60')],
  },
  PatienceError: {
    happened: 'A system asked for pauses that are too long when they are taken together.',
    means: READ_OR_WRITE,
    steps: [
      'Run again later: somebody else may use the same limit just now.',
      'Lower "requests_per_second" and "concurrency", or ask the vendor which limit these credentials have.',
    ],
    samples: [new PatienceError(REQUEST, 35)],
  },
  ForeignLinkError: {
    happened: 'An answer named a next page on another host, and hrsync takes no credentials there.',
    means: READ_OR_WRITE,
    steps: [
      'Look whether "base_url" is the address that the vendor gives today.',
      'Ask the vendor about the other host.',
    ],
    samples: [new ForeignLinkError({ ...REQUEST, method: 'GET' }, 'https://elsewhere.example')],
  },
  WrongServerError: {
    happened:
      'What answered at the address of the API is not the API: a web page, or a server that does not know the path.',
    means: 'No token was given, so nothing was read there and nothing was changed. The credentials may well be right.',
    steps: [
      'Compare "base_url" with the address that the vendor gives; the message names the one that was asked.',
      'Look whether a proxy or a login page answers in its place.',
    ],
    samples: [new WrongServerError({ ...REQUEST, url: 'https://www.learnamp.example/oauth/token' }, 404)],
  },
  ProxyAddressError: {
    happened: 'The address of the proxy is none.',
    means: 'Nothing was read and nothing was changed.',
    steps: ['Correct "proxy" in the config, or the proxy variables of the environment: http://HOST:PORT.'],
    samples: [new ProxyAddressError('Personio')],
  },
  CaFileError: {
    happened: 'The file of CA certificates cannot be used.',
    means: 'Nothing was read and nothing was changed.',
    steps: ['Check the path, the rights, and that it holds certificates in PEM form.'],
    samples: [new CaFileError('/etc/hrsync/ca.pem', 'it does not exist')],
  },
  RejectedError: {
    happened: 'The learning platform refused the change of one person.',
    means: 'That person was not changed and rests before the next try; everybody else is unaffected.',
    steps: [
      '"hrsync status" lists who keeps failing and why; "hrsync explain PERSON" shows that person whole.',
      'Mend the cause that is named, in HR or in the learning platform.',
      'The next night tries again once the rest is over; "hrsync import-all --only PERSON" does at once.',
    ],
    samples: [
      new RejectedError('email_taken', 'Email has already been taken'),
      new RejectedError('unknown_account', 'there is no user 77'),
    ],
    exitCode: EXIT.partial,
  },
  SystemError: {
    happened: 'The operating system refused something: a file, the disk, a port.',
    means: 'The command stopped there; what the learning platform acknowledged before is recorded.',
    steps: ['Make room, or mend the path or the rights; then start again.'],
    samples: [Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: './state/acme.db' })],
  },
  Defect: {
    happened: 'Something that hrsync does not know: most likely a mistake of its own.',
    means: 'What the learning platform acknowledged is recorded; the next run asks about what was under way.',
    steps: ['Run again with --verbose, and report what it prints.', 'It is safe to start again.'],
    samples: [new TypeError('x is not a function')],
  },
} as const;
