import { describe, expect, it } from 'vitest';
import { CredentialsError, PermissionError } from '../../../../src/errors.js';
import { StatusError } from '../../../../src/http/errors.js';
import { scimTypeOf, tokenError, translated } from '../../../../src/targets/scim/errors.js';

const refusal = (status: number, body: unknown, method = 'PATCH') =>
  new StatusError({ system: 'SCIM', method, url: 'https://acme.lms.example/Users/1', attempts: 1 }, status, body, {});

describe('a refusal of a SCIM server', () => {
  it.each<[number, unknown, string]>([
    [409, { status: '409', scimType: 'uniqueness', detail: 'taken' }, 'email_taken'],
    [409, {}, 'email_taken'],
    [409, null, 'email_taken'],
    [409, { detail: 'externalId already exists' }, 'external_id_taken'],
    [400, { scimType: 'uniqueness' }, 'email_taken'],
    [400, { detail: 'Email has already been taken' }, 'email_taken'],
    [400, { status: 400, schemas: '["urn"]', scimType: 'invalidValue', detail: 'no' }, 'invalid_value'],
    [400, { detail: 'title is too long' }, 'invalid_value'],
    [400, { scimType: 'mutability' }, 'other'],
    [400, 'Bad Request', 'other'],
    [404, {}, 'unknown_account'],
    [412, {}, 'other'],
  ])('%i %j is %s', (status, body, reason) => {
    expect(translated(refusal(status, body), 'account')).toMatchObject({ name: 'RejectedError', reason });
  });

  it.each([
    ['mutability', 'user_name_changes: refuse'],
    ['invalidPath', 'does not know the attribute'],
  ])('with the type %s says what may end it', (scimType, words) => {
    const error = translated(refusal(400, { scimType }), 'account');
    expect(error).toMatchObject({ detail: expect.stringContaining(words) });
    expect(scimTypeOf(error)).toBe(scimType.toLowerCase());
  });

  it('of a creation or a list concerns everybody, of one account nobody else', () => {
    expect(translated(refusal(403, {}, 'POST'), 'creation')).toBeInstanceOf(PermissionError);
    expect(translated(refusal(403, {}, 'GET'), 'everybody')).toBeInstanceOf(PermissionError);
    expect(translated(refusal(403, {}), 'account')).toMatchObject({ name: 'RejectedError', reason: 'other' });
    expect(translated(refusal(401, {}), 'account')).toBeInstanceOf(CredentialsError);
  });

  it('that may pass stays what it is', () => {
    for (const status of [429, 500, 503]) expect(translated(refusal(status, {}), 'account')).toMatchObject({ status });
    expect(translated(refusal(500, {}), 'account')).toMatchObject({ mayHaveHappened: true });
  });

  it('of another kind of thing than an account does not make accounts unknown', () => {
    expect(translated(refusal(404, {}, 'POST'), 'creation')).toMatchObject({ reason: 'other' });
    expect(translated(refusal(404, {}), 'group')).toMatchObject({ reason: 'unknown_reference' });
  });

  it('shows no words that may be about somebody', () => {
    const error = translated(refusal(400, { detail: 'Zoë Müller has no badge' }), 'account');
    expect(error).toMatchObject({ detail: expect.not.stringContaining('Zoë'), words: 'Zoë Müller has no badge' });
  });

  it('at the token endpoint is about the credentials, unless something else answers there', () => {
    const wrong = tokenError(refusal(401, { error: 'invalid_client', error_description: 'unknown' }, 'POST'));
    expect(wrong).toMatchObject({ name: 'CredentialsError', detail: 'invalid_client: unknown' });
    expect(tokenError(refusal(404, '<html>', 'POST'))).toMatchObject({ name: 'WrongServerError' });
    expect(tokenError(refusal(503, {}, 'POST'))).toMatchObject({ status: 503 });
  });
});
