import { describe, expect, it } from 'vitest';
import {
  ConfigError,
  CredentialsError,
  IncompleteReadError,
  InterruptedError,
  LockedError,
  NotReadyError,
  PermissionError,
  StateError,
  UnknownPersonError,
  UsageError,
} from '../../../src/errors.js';
import { MappingError, type MappingMismatch } from '../../../src/errors-plan.js';
import { AnswerError, NetworkError, StatusError, TimeoutError } from '../../../src/http/errors.js';
import { createReporter } from '../../../src/report/create-reporter.js';
import { explainError } from '../../../src/report/messages.js';
import { RejectedError } from '../../../src/targets/kit/rejected.js';
import { memoryOptions } from './acme.js';

const request = { system: 'Learn Amp', method: 'POST', url: 'https://api.learnamp.example/v1/users', attempts: 3 };
const mismatch = (partial: Partial<MappingMismatch>): MappingMismatch => ({
  ...{ field: 'hire_date', takes: 'date', from: 'job_title', makes: 'text', constant: null },
  fitting: { attributes: ['date', 'unknown'], types: ['date'], choices: [] },
  ...partial,
});
const known: readonly Error[] = [
  new UsageError('--as-of goes with --dry-run only'),
  new ConfigError([]),
  new MappingError('Personio', 'Learn Amp', [mismatch({})]),
  new CredentialsError('Personio', 'Wrong credentials'),
  new CredentialsError('Some LMS', 'key revoked'),
  new PermissionError('Personio', ['attribute job_title'], 'not in the list'),
  new IncompleteReadError('Personio', ['100 of 412 came']),
  new NotReadyError('Kombo', 'setting_up', 'the set-up of Workday is INCOMPLETE'),
  new NotReadyError('Kombo', 'disconnected', 'Workday refuses its credentials'),
  new StateError('/state/acme.db', { kind: 'unusable', detail: 'not a database' }),
  new StateError('/state/acme.db', { kind: 'foreign', holds: 'personio a', expected: 'personio b' }),
  new StateError('/state/acme.db', { kind: 'newer', version: 9, supported: 3 }),
  new StateError('/state/acme.db', { kind: 'missing' }),
  new LockedError('/state/acme.db', null),
  new InterruptedError(),
  new UnknownPersonError('1001', 'the state'),
  new StatusError(request, 500, null, {}),
  new NetworkError(request, 'ENOTFOUND', false),
  new TimeoutError(request, 30),
  new AnswerError(request, 200, 'an HTML page instead of JSON'),
  new RejectedError('email_taken', 'Email has already been taken'),
  Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', path: '/plans/plan.json' }),
];

describe('explainError', () => {
  it.each(known.map((error) => [error.message || error.name, error] as const))('explains "%s"', (_, error) => {
    const { what, meaning, next, stack } = explainError(error);
    expect(stack).toBe(false);
    for (const sentence of [what, meaning, next]) expect(sentence).toMatch(/^\S.*[.:…]$/s);
    expect(what).not.toContain('defect');
  });

  it('names both sides of every line of the mapping that does not fit, and what would', () => {
    const nothing = { attributes: [], types: [], choices: [] };
    const error = new MappingError('Personio', 'Learn Amp', [
      mismatch({}),
      mismatch({ from: null, fitting: nothing }),
      mismatch({ field: 'language', from: null, constant: 'xx\u001b', fitting: { ...nothing, choices: ['en', 'de'] } }),
      mismatch({ field: 'hire_date', from: null, constant: 'soon', fitting: nothing }),
      mismatch({ field: 'custom_fields.Badge', takes: null }),
    ]);
    expect(explainError(error).what.split('\n')).toEqual([
      'The mapping does not fit the fields of Personio and Learn Amp:',
      '- hire_date: takes date, and job_title is text; what fits: HR fields that are date, unknown, or a rule with type: date',
      '- hire_date: takes date, and the template makes text; nothing of HR fits there',
      '- language: "xx␛" is none of en, de',
      '- hire_date: "soon" is no date',
      '- Badge: Learn Amp has no field "Badge": make it there, or correct the name.',
    ]);
  });

  it('lists every problem of a config with its place and what to write', () => {
    const problem = { file: 'hrsync.yaml', line: 12, column: 5, path: 'maping', message: 'is no key' };
    const error = new ConfigError([
      { ...problem, suggestion: 'mapping' },
      { ...problem, line: 13, path: '', suggestion: null },
    ]);
    expect(explainError(error).what.split('\n')).toEqual([
      'The config has 2 problems:',
      'hrsync.yaml:12:5  maping: is no key (write: mapping)',
      'hrsync.yaml:13:5  is no key.',
    ]);
  });

  it.each([
    ['ENOTFOUND', 'name cannot be resolved', 'base_url'],
    ['ECONNREFUSED', 'connection was refused', 'proxy'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate is not trusted', 'ca_file'],
    ['CERT_HAS_EXPIRED', 'certificate is not trusted', 'run out'],
    ['toString', 'the network failed', 'proxy'],
  ])('puts the network code %s in plain words', (code, what, next) => {
    const explained = explainError(new NetworkError(request, code, false));
    expect(explained.what).toContain(what);
    expect(explained.next).toContain(next);
  });

  it('says when it is not known whether a change was made', () => {
    expect(explainError(new TimeoutError(request, 30)).meaning).toContain('not known');
    expect(explainError(new TimeoutError({ ...request, method: 'GET' }, 30)).meaning).toContain('changed nothing');
  });

  it.each([
    [{ message: 'no such team' }, 'no such team'],
    [{ success: false, error: { code: 0, message: 'bad' } }, ': bad'],
    [{ errors: [{ title: 'invalid' }] }, ': invalid'],
    ['<html>', 'a web page'],
  ])('quotes the words of an error body %j', (body, words) => {
    expect(explainError(new StatusError(request, 400, body, {})).what).toContain(words);
  });

  it('shows words that may be about a person nowhere but apart, for --verbose', () => {
    const error = new StatusError(request, 422, { message: 'Zoë Lind, born 1990-04-01, is known' }, {});
    const { words, ...shown } = explainError(error);
    expect(JSON.stringify(shown)).not.toMatch(/Zo|Lind|1990/);
    expect(shown.what).toContain('its own words: --verbose');
    expect(words).toBe('Zoë Lind, born 1990-04-01, is known');
  });

  it.each([
    ['source', 'The HR system Personio', '"source.base_url"'],
    ['target', 'The LMS Personio', '"target.base_url"'],
  ] as const)('names a host that refuses connections, whose it is (%s) and the setting to check', (side, who, key) => {
    const url = 'https://api.acme.example:8443/v1/users';
    const { what, next } = explainError(
      new NetworkError({ ...request, url, system: 'Personio', side }, 'ECONNREFUSED', false),
    );
    expect(what).toContain(`${who} could not be reached at https://api.acme.example:8443: the connection was refused`);
    expect(next).toContain(key);
  });

  it('names the right that a write lacks, and not the values of HR', () => {
    const cause = new StatusError({ ...request, method: 'PUT' }, 403, null, {});
    const { what, next } = explainError(new RejectedError('other', 'HTTP status 403', { cause }));
    expect(what).toContain('does not allow this change');
    expect(next).toMatch(/right for PUT .*"hrsync check"/);
  });

  it('calls an unknown error a defect and takes anything that is thrown', () => {
    expect(explainError(new TypeError('x is undefined'))).toMatchObject({ stack: true });
    expect(explainError('a text').what).toContain('a text');
    expect(explainError(undefined).meaning).toContain('defect');
  });

  it('lets no line break or escape of somebody else through', () => {
    const { what } = explainError(new CredentialsError('Personio', 'no\n\x1b[2J'));
    expect(what).toBe('Personio rejected the credentials: no␊␛[2J.');
  });
});

describe('an error on a terminal', () => {
  it('says what happened, what it means and what to do next', () => {
    const options = memoryOptions('human');
    createReporter(options).failed(new LockedError('/state/acme.db', 'process 12 since 2026-11-24T02:00:00.000Z'));
    expect(options.stderr.text).toMatchInlineSnapshot(`
      "Error   Another run is using /state/acme.db (process 12 since 2026-11-24 02:00
              UTC).
              This run did nothing.
      Next    Wait until the other one has ended. The lock goes with its process, so
              there is no file to remove.
      More    hrsync errors LockedError
      "
    `);
    expect(options.stdout.text).toBe('');
  });

  it('shows the stack of a defect with --verbose only', () => {
    const stackWith = (verbose: boolean) => {
      const options = memoryOptions('human');
      createReporter({ ...options, verbose }).failed(new TypeError('x is undefined'));
      return options.stderr.text;
    };
    expect(stackWith(false)).not.toContain('messages.test.ts');
    expect(stackWith(true)).toContain('messages.test.ts');
  });

  it('shows no secret, not even in two halves', () => {
    const secret = 'correct horse battery staple '.repeat(5).trim();
    const options = memoryOptions('human');
    createReporter({ ...options, secrets: [secret, 'short'] }).failed(new Error(`short: ${secret}`));
    expect(options.stderr.text).toContain('short: ***');
    expect(options.stderr.text).not.toContain('horse');
  });

  it('knows secrets that came to light after the reporter was made', () => {
    const options = memoryOptions('lines');
    const reporter = createReporter(options);
    options.secrets.push('tok/en+1');
    reporter.failed(new Error('tok/en+1 and https://acme.example/?key=tok%2Fen%2B1'));
    expect(options.stderr.text).toContain('*** and https://acme.example/?key=***');
  });
});
