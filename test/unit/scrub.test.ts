import { describe, expect, it } from 'vitest';
import { createScrubber } from '../../src/scrub.js';
import { growth, LINEAR } from '../support/growth.js';

const SECRETS = {
  plain: 'Kx7pQ2mZt9Lw4vRb8NcY',
  signs: 'p@ss/w+rd%41&"<\'\\ä !=',
  short: 'g7Kq',
};

const percent = (text: string) => encodeURIComponent(text);
const html = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const everyCharacter = (text: string, write: (code: number) => string) =>
  Array.from(text, (character) => write(character.codePointAt(0) ?? 0)).join('');

const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 behind a user': (secret) => Buffer.from(`user:${secret}`).toString('base64'),
  'base64 behind another user': (secret) => Buffer.from(`users:${secret}:x`).toString('base64'),
  'base64 at the third alignment': (secret) => Buffer.from(`ab${secret}yz`).toString('base64'),
  'base64, percent-encoded': (secret) => percent(Buffer.from(secret).toString('base64')),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'hex in capitals': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
  'percent-encoded': percent,
  'percent-encoded in small letters': (secret) => percent(secret).replace(/%[\dA-F]{2}/g, (code) => code.toLowerCase()),
  'percent-encoded to the last letter': (secret) =>
    Array.from(Buffer.from(secret), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'percent-encoded twice': (secret) => percent(percent(secret)),
  'form-encoded': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'JSON-escaped': (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON-escaped twice': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  'JSON-escaped with slashes': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
  'JSON-escaped to the last letter': (secret) =>
    everyCharacter(secret, (code) => `\\u${code.toString(16).padStart(4, '0')}`),
  'HTML-escaped': html,
  'HTML-escaped to the last letter': (secret) => everyCharacter(secret, (code) => `&#x${code.toString(16)};`),
  'HTML-escaped in decimals': (secret) => everyCharacter(secret, (code) => `&#${code};`),
};

function scrubberOf(...secrets: readonly string[]) {
  const scrubber = createScrubber();
  for (const secret of secrets) scrubber.add(secret);
  return scrubber;
}

describe.each(Object.entries(ENCODINGS))('a secret %s', (_, encode) => {
  it.each([SECRETS.plain, SECRETS.signs])('is taken out of the middle of a text (%#)', (secret) => {
    const clean = scrubberOf(secret).scrub(`refused: ${encode(secret)} is no good`);
    expect(clean).toBe('refused: *** is no good');
  });

  it('is taken out at the beginning, at the end, and as often as it stands there', () => {
    const text = encode(SECRETS.plain);
    expect(scrubberOf(SECRETS.plain).scrub(`${text} or ${text}`)).toBe('*** or ***');
  });
});

describe('a scrubber', () => {
  it('takes out the longer of two secrets of which one holds the other', () => {
    expect(scrubberOf('Kx7pQ2mZ', SECRETS.plain).scrub(`a ${SECRETS.plain} b Kx7pQ2mZ c`)).toBe('a *** b *** c');
  });

  it('takes out a short secret as it is, and nothing shorter', () => {
    expect(scrubberOf(SECRETS.short, 'abc').scrub('a g7Kq and abc')).toBe('a *** and abc');
  });

  it.each(['', '…', '...', '"', "'."])('takes out a beginning of a secret with which a text ends before %j', (end) => {
    expect(scrubberOf(SECRETS.plain).scrub(`token ${SECRETS.plain.slice(0, 11)}${end}`)).toBe(`token ***${end}`);
  });

  it('leaves ordinary texts as they are, whatever is encoded in them', () => {
    const text =
      '{"title":"R\\u0026D &amp; 50% of K\\u00f6ln","url":"https://a.example/?q=%C3%A4"} \\x %zz &#x110000000;';
    expect(scrubberOf(...Object.values(SECRETS)).scrub(text)).toBe(text);
  });

  it('forgets the oldest beyond the number that it keeps', () => {
    const scrubber = createScrubber({ most: 2 });
    for (const secret of ['first-secret', 'second-secret', 'third-secret']) scrubber.add(secret);
    expect(scrubber.scrub('first-secret second-secret third-secret')).toBe('first-secret *** ***');
  });

  it.each<[string, (times: number) => string]>([
    ['letters', (times) => 'x'.repeat(12 * times)],
    ['base64 hits', (times) => Buffer.from(SECRETS.plain.repeat(times)).toString('base64')],
    ['percent signs', (times) => '%'.repeat(12 * times)],
    ['encoded bytes', (times) => '%41'.repeat(4 * times)],
    ['backslashes', (times) => '\\'.repeat(12 * times)],
    ['ampersands', (times) => '&#'.repeat(6 * times)],
    ['beginnings', (times) => SECRETS.plain.slice(0, 15).repeat(times)],
  ])('takes time that grows with the text alone: %s', (_, textOf) => {
    const scrubber = scrubberOf(...Object.values(SECRETS));
    expect(growth((times) => scrubber.scrub(textOf(times)), 2_000)).toBeLessThan(LINEAR);
  });
});
