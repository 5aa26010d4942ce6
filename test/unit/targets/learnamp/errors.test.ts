import { describe, expect, it } from 'vitest';
import { CredentialsError, PermissionError } from '../../../../src/errors.js';
import { RejectedError } from '../../../../src/targets/kit/rejected.js';
import { tokenError, translated } from '../../../../src/targets/learnamp/errors.js';
import { settingsWith, statusError, UnclearError } from './made-up.js';

const said = (status: number, error: unknown, concern: 'person' | 'everybody' = 'person', changes: object = {}) =>
  translated(statusError(status, { error }), concern, settingsWith(changes).email_taken_pattern);

describe('a refusal by Learn Amp', () => {
  it.each([
    [400, 'Validation failed: Email has already been taken', 'email_taken'],
    [422, 'email: already been taken', 'email_taken'],
    [400, 'Validation failed: Integration external id has already been taken', 'external_id_taken'],
    [400, 'integrationExternalId has already been taken', 'external_id_taken'],
    [400, 'managerEmail must match an existing user email within your company', 'unknown_reference'],
    [400, 'primaryTeamId must match existing teams IDs', 'unknown_reference'],
    [422, 'occupationRole does not match an existing role in your company', 'unknown_reference'],
    [400, 'email is missing, email is empty, firstName is missing', 'invalid_value'],
    [400, 'managerId, managerEmail are mutually exclusive', 'invalid_value'],
    [400, "Validation failed: Value can't be blank", 'invalid_value'],
    [404, 'Not found', 'unknown_account'],
    [422, 'The account cannot be changed', 'other'],
  ])('%d "%s" of one person is %s', (status, text, reason) => {
    const refusal = said(status, text);
    expect(refusal).toBeInstanceOf(RejectedError);
    expect(refusal).toMatchObject({ reason, detail: text });
  });

  it('keeps apart what it says of somebody: stored and shown is the kind of refusal alone', () => {
    const words = 'Ada Lind, born 1990-04-01, has left the account';
    const refusal = said(422, words);
    expect(refusal).toMatchObject({ reason: 'other', words });
    expect(refusal).toMatchObject({ message: "HTTP status 422; the LMS's own words: --verbose" });
  });

  it('names the scope that a forbidden write may lack, and where to look', () => {
    const refusal = said(403, 'You may not change the Owner');
    expect(refusal).toMatchObject({
      reason: 'other',
      detail: expect.stringMatching(/^HTTP status 403: You may not change the Owner; .*"hrsync check"/),
    });
  });

  it('reads a taken e-mail as the settings say', () => {
    const refusal = said(422, 'Diese Adresse ist vergeben', 'person', { email_taken_pattern: 'adresse .* vergeben' });
    expect(refusal).toMatchObject({ reason: 'email_taken' });
  });

  it('names the scope that is missing', () => {
    const refusal = said(403, 'Access to this resource requires scope "users:update".');
    expect(refusal).toBeInstanceOf(PermissionError);
    expect(refusal).toMatchObject({ missing: ['users:update'] });
    expect(said(403, 'Forbidden', 'everybody')).toBeInstanceOf(PermissionError);
  });

  it('is about the credentials where the token is refused, whatever the body', () => {
    expect(said(401, undefined)).toBeInstanceOf(CredentialsError);
    expect(said(401, 'The access token expired', 'everybody')).toMatchObject({ detail: 'The access token expired' });
  });

  it('passes through where it is none, or nobody’s in particular', () => {
    for (const error of [statusError(500, null), statusError(429, null), new UnclearError(), new Error('defect')]) {
      expect(translated(error, 'person', /taken/)).toBe(error);
    }
    const misplaced = statusError(404, { error: 'Not found' });
    expect(translated(misplaced, 'everybody', /taken/)).toBe(misplaced);
  });

  it('quotes at most a few lines', () => {
    const refusal = said(400, 'x'.repeat(10_000));
    expect(refusal).toHaveProperty('words.length', 300);
    expect(refusal).toHaveProperty('message', "HTTP status 400; the LMS's own words: --verbose");
  });
});

describe('a refusal of the token', () => {
  it('tells a key without scopes what it lacks, and one with scopes what it asked for', () => {
    const error = statusError(400, { error: 'invalid_scope', error_description: 'The requested scope is invalid.' });
    expect(tokenError(error, [])).toMatchObject({ detail: expect.stringContaining('target.scopes') });
    expect(tokenError(error, ['users:read'])).toMatchObject({
      detail: expect.stringContaining('asked for users:read'),
    });
    expect(tokenError(error, [])).toBeInstanceOf(CredentialsError);
  });

  it('is not about the credentials where another server answers: a web page, or an unknown path', () => {
    for (const error of [statusError(404, { error: 'Not found' }), statusError(403, '<html>Sign in</html>')]) {
      expect(tokenError(error, [])).toMatchObject({ name: 'WrongServerError', mayHaveHappened: false, cause: error });
    }
  });

  it('is about the credentials unless the server is in trouble', () => {
    expect(tokenError(statusError(401, { error: 'invalid_client' }), [])).toMatchObject({ detail: 'invalid_client' });
    for (const status of [429, 500, 503]) {
      const error = statusError(status, null);
      expect(tokenError(error, [])).toBe(error);
    }
  });
});
