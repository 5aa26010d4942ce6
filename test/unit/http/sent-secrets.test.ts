import { expect, it } from 'vitest';
import { secretsInBody, secretsSentWith } from '../../../src/http/sent-secrets.js';

const basic = `Basic ${Buffer.from('user:p:ss').toString('base64')}`;

it.each([
  [{ authorization: basic }, [basic, basic.slice(6), 'user:p:ss', 'p:ss']],
  [{ Authorization: 'Bearer abc.def' }, ['Bearer abc.def', 'abc.def']],
  [{ 'X-Api-Key': 'k1' }, ['k1']],
  [{ 'X-Integration-Id': 'x', 'X-Personio-App-ID': 'hrsync', accept: 'application/json' }, []],
])('headers %j hold %j', (headers, secrets) => {
  expect(secretsSentWith(headers, 'https://api.example/')).toEqual(secrets);
});

it.each([
  ['https://u:p%40ss@api.example/', ['p@ss', 'p%40ss', 'u:p@ss']],
  ['https://api.example/?wstoken=t1&page=2&api_key=k', ['t1', 'k']],
  ['https://api.example/?token_type=bearer', []],
])('the address %s holds %j', (url, secrets) => {
  expect(secretsSentWith({}, url)).toEqual(secrets);
});

it.each([
  [{ json: { grant_type: 'client_credentials', client_id: 'id', client_secret: 's' } }, ['s']],
  [{ json: { User: { email: 'a@b.c', password: 'pw' } } }, ['pw']],
  [{ form: { grant_type: 'password', client_secret: 's', scope: undefined } }, ['s']],
  [{ form: [['user[password]', 'pw']] as const }, ['pw']],
  [{ json: { auth_type: 'TOKEN', token: 't', url: 'https://x.example' } }, ['t']],
  [{}, []],
])('the body %j holds %j', (request, secrets) => {
  expect(secretsInBody(request)).toEqual(secrets);
});
