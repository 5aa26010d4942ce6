import { describe, expect, it } from 'vitest';
import { createFarClock, parseHttpDate } from '../../../src/http/clock-skew.js';

const NOON = new Date('2026-11-24T12:00:00Z');

describe('an HTTP date', () => {
  it.each([
    ['Tue, 24 Nov 2026 12:00:00 GMT'],
    ['Tuesday, 24-Nov-26 12:00:00 GMT'],
    ['Tue Nov 24 12:00:00 2026'],
    [' Tue, 24 Nov 2026 12:00:00 GMT '],
  ])('%j is read in each of its forms, always as UTC', (text) => {
    expect(parseHttpDate(text)).toBe(NOON.getTime());
  });

  it.each([
    undefined,
    '',
    'soon',
    '1764000000',
    '2026-11-24T12:00:00Z',
    'Tue, 99 Nov 2026 12:00:00 GMT',
    `Tue ${'9'.repeat(200)}`,
  ])('%j is none', (text) => {
    expect(parseHttpDate(text)).toBeNull();
  });
});

describe("a far end's clock", () => {
  it('is not known before an answer tells', () => {
    const clock = createFarClock();
    expect(clock.skew).toBeNull();
    clock.note(undefined, NOON);
    expect(clock.skew).toBeNull();
  });

  it.each([
    ['Tue, 24 Nov 2026 12:00:00 GMT', 0],
    ['Wed, 25 Nov 2026 12:00:00 GMT', 86_400_000],
    ['Mon, 24 Nov 2025 12:00:00 GMT', -365 * 86_400_000],
  ])('%s at our noon is %d ms from ours', (header, skew) => {
    const clock = createFarClock();
    clock.note(header, NOON);
    expect(clock.skew).toBe(skew);
  });

  it('is that of the latest answer, and one that says nothing leaves it', () => {
    const clock = createFarClock();
    clock.note('Wed, 25 Nov 2026 12:00:00 GMT', NOON);
    clock.note('Tue, 24 Nov 2026 12:00:07 GMT', NOON);
    clock.note('never', NOON);
    expect(clock.skew).toBe(7_000);
  });
});
