import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { readAnswer } from '../../../src/http/answer.js';
import { AnswerError } from '../../../src/http/errors.js';

const facts = { system: 'Acme', method: 'POST', url: 'https://api.acme.example/token', attempts: 1 };
const read = (status: number, body: string) => readAnswer({ status, headers: {}, bytes: Buffer.from(body) }, facts);

function failureOf(body: string): unknown {
  try {
    return read(200, body);
  } catch (error) {
    return error;
  }
}

it.each([
  ['nothing', '', null],
  ['blank space', ' \r\n', null],
  ['JSON', '{"id":1}', { id: 1 }],
  ['JSON after a byte order mark', '\uFEFF[1]', [1]],
  ['null', 'null', null],
])('a success with %s is read', (_, body, expected) => {
  expect(read(200, body)).toEqual(expected);
});

it.each([
  ['JSON', '{"error":"x"}', { error: 'x' }],
  ['a web page', '<html>', '<html>'],
  ['nothing', '', null],
])('an error with %s is read as it is', (_, body, expected) => {
  expect(read(500, body)).toEqual(expected);
});

it.each([
  ['<!DOCTYPE html><p>', 'an HTML page instead of JSON'],
  ['\n <html>', 'an HTML page instead of JSON'],
  ['[{"id":1},', 'JSON that is broken or ends early'],
  ['OK', 'text that is not JSON'],
])('a success with %j is an error that says what it is', (body, problem) => {
  const error = failureOf(body);
  expect(error).toBeInstanceOf(AnswerError);
  expect(error).toMatchObject({ problem, status: 200, request: facts, mayHaveHappened: true });
});

// JSON.parse quotes what it stumbles over.
it.each(['{"access_token": s3cret}', '{"access_token":"s3cret" oops}', 's3cret', '{"access_token":"s3cret'])(
  'a broken answer of %j is quoted nowhere: it may hold a token',
  (body) => {
    expect(inspect(failureOf(body), { depth: 20, showHidden: true })).not.toContain('s3cret');
  },
);
