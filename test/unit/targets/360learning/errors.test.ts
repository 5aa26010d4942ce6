import { describe, expect, it } from 'vitest';
import { CredentialsError, PermissionError } from '../../../../src/errors.js';
import { NetworkError, StatusError } from '../../../../src/http/errors.js';
import { codeOf, tokenError, translated } from '../../../../src/targets/360learning/errors.js';
import { RejectedError } from '../../../../src/targets/kit/rejected.js';

const request = { system: '360Learning', method: 'POST', url: 'https://app.360learning.com/api/v2/users', attempts: 1 };
const answer = (status: number, error: unknown) => new StatusError(request, status, { error }, {});
const person = { scope: 'users:write', about: 'person' } as const;
const reasonOf = (error: unknown) => (error instanceof RejectedError ? error.reason : error);

describe('an answer of 360Learning', () => {
  it.each(['invalid_scope', { code: 'invalid_scope', message: 'no' }])('without a scope names it: %j', (error) => {
    const outcome = translated(answer(403, error), person);
    expect(outcome).toBeInstanceOf(PermissionError);
    expect(outcome).toMatchObject({ missing: ['users:write'], detail: expect.stringContaining('invalid_scope') });
  });

  it('with a token that is not taken is about the credentials', () => {
    expect(translated(answer(401, 'invalid_token'), person)).toBeInstanceOf(CredentialsError);
    expect(tokenError(answer(401, 'invalid_client'))).toBeInstanceOf(CredentialsError);
    expect(tokenError(answer(400, 'invalid_request'))).toBeInstanceOf(CredentialsError);
    const passing = answer(429, 'tooManyRequests');
    expect(tokenError(passing)).toBe(passing);
  });

  it.each([
    [400, 'mailAlreadyUsed', 'email_taken'],
    [400, 'valueAlreadyUsed', 'external_id_taken'],
    [400, 'deactivationDateInvalid', 'invalid_value'],
    [404, 'userNotFound', 'unknown_account'],
    [404, 'groupNotFound', 'unknown_reference'],
    [400, 'managerDeleted', 'unknown_reference'],
    [400, 'userIsCompanyOwner', 'other'],
    [400, 'somethingNew', 'other'],
    // Somebody removed the external id between two calls: the account is still there.
    [404, 'mappingIdNotFound', 'unknown_reference'],
    [404, 'userNotFoundInGroup', 'unknown_reference'],
    [404, 'somethingNewNotFound', 'other'],
    [400, 'constructor', 'other'],
  ])('%d %s is %s', (status, code, reason) => {
    const outcome = translated(answer(status, { code, message: 'in other words' }), person);
    expect(reasonOf(outcome)).toBe(reason);
    expect(codeOf(outcome)).toBe(code);
    expect(outcome).toMatchObject({ detail: expect.not.stringContaining('[native code]') });
  });

  it('of an unknown form is told by its status', () => {
    const outcome = translated(new StatusError(request, 400, 'oops', {}), person);
    expect(outcome).toMatchObject({ reason: 'other', detail: 'HTTP status 400' });
  });

  it.each([429, 500, 503])('%d stays what it is', (status) => {
    const error = answer(status, 'tooManyRequests');
    expect(translated(error, person)).toBe(error);
  });

  it('that concerns everybody is nobody’s fault', () => {
    const error = answer(400, { code: 'invalidInput' });
    expect(translated(error, { scope: 'users:read', about: 'everybody' })).toBe(error);
    const network = new NetworkError(request, 'ECONNRESET', true);
    expect(translated(network, person)).toBe(network);
  });
});
