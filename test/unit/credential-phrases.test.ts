import { describe, expect, it } from 'vitest';
import { withoutCredentialPhrases, withoutRandomPieces } from '../../src/credential-phrases.js';
import { growth, LINEAR } from '../support/growth.js';

describe('a phrase that shows a credential', () => {
  it.each([
    ['Authorization: Basic dXNlcjpwYXNz', 'Authorization: Basic ***'],
    ['{"authorization":"Bearer eyJhbGciOi.J9x_y-z"}', '{"authorization":"Bearer ***"}'],
    ['authorization=8f14e45fceea167a', 'authorization=***'],
    ['bad header "X-Api-Key: abc123def"', 'bad header "X-Api-Key: ***"'],
    ['client_secret=hunterhunter&scope=x', 'client_secret=***&scope=x'],
    ['"client_secret": "hunterhunter"', '"client_secret": "***"'],
    ['{\\"password\\":\\"hunterhunter\\"}', '{\\"password\\":\\"***\\"}'],
    ["token => 'abcd'", "token => '***'"],
    ['wstoken=0123456789abcdef', 'wstoken=***'],
    ['password: h4nter22', 'password: ***'],
    ['Bearer%20abc123', 'Bearer%20***'],
  ])('%s', (text, clean) => {
    expect(withoutCredentialPhrases(text)).toBe(clean);
  });
});

describe('an ordinary sentence stays', () => {
  it.each([
    'Bearer authentication failed',
    'Basic authentication is required',
    'password: must be longer than eight characters',
    'Authorization: required',
    'The token has expired',
    'The access token is invalid',
    'token endpoint: not found',
    'client_secret: is missing',
  ])('%s', (text) => {
    expect(withoutCredentialPhrases(text)).toBe(text);
  });
});

describe('pieces that nobody writes by hand', () => {
  it.each([
    ['refused dXNlcjpwYXNzd29yZDEyMw== today', 'refused *** today'],
    ['key 8f14e45fceea167a5a36dedd4bea2543 gone', 'key *** gone'],
    ['eyJ0eXAiOiJKV1QiLCJhbGc5 x', '*** x'],
  ])('%s', (text, clean) => {
    expect(withoutRandomPieces(text)).toBe(clean);
  });

  it.each([
    'the LMS has no account 5f3a1b2c3d4e5f6a7b8c9d0e any more',
    'trace 0b9f3d1e-1b2c-4d3e-8f4a-5b6c7d8e9f00',
    'Learn Amp answered 500 to PUT https://api.learnamp.example/v1/users/1234567/deactivate',
    'custom_fields.cost_center_2024_of_department is refused',
    'userShouldHaveAtLeastOneValidIdentifier',
    'maximilian.mustermann1990@very-long-company-name-2000.example',
  ])('%s stays', (text) => {
    expect(withoutRandomPieces(text)).toBe(text);
  });
});

it.each([
  ['password', '', 'password'],
  ['blanks after a name', 'password', ' '.repeat(8)],
  ['quotes', 'token', '"'.repeat(8)],
  ['schemes', '', 'bearer '],
  ['letters', '', 'aB3aB3aB'],
])('takes time that grows with the text alone: %s', (_, start, part) => {
  const clean = (times: number) => withoutRandomPieces(withoutCredentialPhrases(start + part.repeat(times)));
  expect(growth(clean, 3_000)).toBeLessThan(LINEAR);
});
