import { describe, expect, it } from 'vitest';
import { StatusError } from '../../../../src/http/errors.js';
import { type Concern, translated } from '../../../../src/targets/learnupon/errors.js';
import { settingsWith } from './made-up.js';

const FACTS = { system: 'LearnUpon', method: 'PUT', url: 'https://acme.example/api/v1/users/7', attempts: 1 };

function meaning(status: number, body: unknown, concern: Concern = 'person'): unknown {
  return translated(new StatusError(FACTS, status, body, {}), concern, settingsWith());
}

describe('a refusal', () => {
  it.each([
    [422, { message: 'User already exists, please invite' }, 'email_taken'],
    [400, { message: 'That email is already in use' }, 'email_taken'],
    [404, { response_type: 'ERROR', response_code: 404, message: 'User not found' }, 'unknown_account'],
    [404, '<html>', 'unknown_account'],
    [404, { message: 'Invalid user parameters provided' }, 'other'],
    [422, { message: 'Password is too short' }, 'invalid_value'],
    [400, { error: 'There was a problem in the JSON you submitted' }, 'other'],
  ])('%s %j is %s', (status, body, reason) => {
    expect(meaning(status, body)).toMatchObject({ name: 'RejectedError', reason });
  });

  it('says what to do about an address that the realm knows', () => {
    expect(meaning(422, { message: 'User already exists' })).toMatchObject({
      detail: expect.stringMatching(/^User already exists .*invite_strategy: invite/),
    });
  });

  it('of the keys concerns everybody', () => {
    expect(meaning(401, { message: 'no' })).toMatchObject({ name: 'CredentialsError' });
    expect(meaning(403, { message: 'no' })).toMatchObject({ name: 'PermissionError' });
  });

  it.each([429, 500, 503])('with %s stays what it is', (status) => {
    expect(meaning(status, null)).toMatchObject({ name: 'StatusError', status });
  });

  it('of a list is nobody’s fault', () => {
    expect(meaning(404, { message: 'not found' }, 'everybody')).toMatchObject({ name: 'StatusError' });
  });
});
