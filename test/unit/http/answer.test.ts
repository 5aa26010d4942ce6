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

const MUELLER = '{"name":"Müller"}';

it.each([
  ['UTF-8 without a word', undefined, Buffer.from(MUELLER)],
  ['UTF-8', 'application/json; charset=utf-8', Buffer.from(MUELLER)],
  ['ISO-8859-1 that says so', 'application/json;charset="ISO-8859-1"', Buffer.from(MUELLER, 'latin1')],
  ['UTF-16 that says so', 'application/json; charset=utf-16le', Buffer.from(MUELLER, 'utf16le')],
  ['UTF-8 under a name that nobody knows', 'application/json; charset=klingon', Buffer.from(MUELLER)],
])('%s is decoded', (_, type, bytes) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  expect(readAnswer({ status: 200, headers, bytes }, facts)).toEqual({ name: 'Müller' });
});

it.each([
  ['ISO-8859-1 without a word', undefined, Buffer.from(MUELLER, 'latin1')],
  ['ISO-8859-1 that says UTF-8', 'application/json; charset=utf-8', Buffer.from(MUELLER, 'latin1')],
  ['UTF-8 cut off within a letter', undefined, Buffer.from(MUELLER).subarray(0, 11)],
])('%s is refused, and no letter is guessed', (_, type, bytes) => {
  const headers = type === undefined ? {} : { 'content-type': type };
  expect(() => readAnswer({ status: 200, headers, bytes }, facts)).toThrow(/bytes that are not of its charset/);
});

it('an error in another charset is made legible for people', () => {
  const bytes = Buffer.from('{"error":"Müller"}', 'latin1');
  expect(readAnswer({ status: 400, headers: {}, bytes }, facts)).toEqual({ error: 'Müller' });
});

it('secrets leave an error before it is cut, and a refusal under a success, but no token that is fetched', () => {
  const scrub = (text: string) => text.replaceAll('s3cret', '***');
  const at = (status: number, body: string) =>
    readAnswer({ status, headers: {}, bytes: Buffer.from(body) }, facts, scrub);
  expect(at(400, `${'x'.repeat(1_997)}s3cret`)).toBe(`${'x'.repeat(1_997)}***`);
  expect(at(400, '{"error":{"s3cret":["s3cret"]}}')).toEqual({ error: { '***': ['***'] } });
  expect(at(200, '{"success":false,"error":"s3cret"}')).toEqual({ success: false, error: '***' });
  expect(at(200, '{"access_token":"s3cret"}')).toEqual({ access_token: 's3cret' });
});

it('what is nested too deep in an error is left out', () => {
  const body = read(500, `${'{"error":'.repeat(8_000)}"x"${'}'.repeat(8_000)}`);
  expect(JSON.stringify(body).length).toBeLessThan(1_000);
});
