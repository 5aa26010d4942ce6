import { expect, it } from 'vitest';
import { redactUrl } from '../../../src/http/redact.js';

it.each([
  ['https://api.acme.example/v1/users/77', 'https://api.acme.example/v1/users/77'],
  ['https://api.acme.example:8443/', 'https://api.acme.example:8443/'],
  ['https://me:secret@api.acme.example/v1', 'https://api.acme.example/v1'],
  ['https://api.acme.example/users?email=a%40b.example&page=2', 'https://api.acme.example/users?email=…&page=…'],
  ['https://api.acme.example/users?id=1&id=2', 'https://api.acme.example/users?id=…'],
  ['https://api.acme.example/users?filters%5Bemail%5D=x', 'https://api.acme.example/users?filters%5Bemail%5D=…'],
  ['https://api.acme.example/users?secret', 'https://api.acme.example/users?secret=…'],
  ['https://api.acme.example/users#secret', 'https://api.acme.example/users'],
  ['https://api.acme.example/users/a%40b.example/groups', 'https://api.acme.example/users/…/groups'],
  ['https://api.acme.example/users/a@b.example', 'https://api.acme.example/users/…'],
  ['https://api.acme.example/users?a%0Ab=1', 'https://api.acme.example/users?a%0Ab=…'],
])('%s is shown as %s', (url, shown) => {
  expect(redactUrl(url)).toBe(shown);
});
