import { describe, expect, it } from 'vitest';
import { nestFields } from '../../../src/sandbox/learnamp/body.js';
import { midnight, tagsValue } from '../../../src/sandbox/personio/values.js';
import { RateLimiter } from '../../../src/sandbox/rate-limit.js';

describe('a rate limiter', () => {
  it('admits a window of requests at once, and refills evenly', () => {
    const limiter = new RateLimiter();
    const limit = { requests: 15, seconds: 1 };
    const admitted = (at: number, tries: number) =>
      Array.from({ length: tries }, () => limiter.admit(limit, at)).filter(Boolean).length;
    expect(admitted(1_000_000, 20)).toBe(15);
    expect(admitted(1_000_200, 20)).toBe(3);
    expect(admitted(1_005_000, 20)).toBe(15);
  });

  it('stays closed through a cool-down', () => {
    const limiter = new RateLimiter();
    const limit = { requests: 1, seconds: 1, coolDown: 60 };
    const answers = [0, 500, 30_000, 60_400, 60_600].map((at) => limiter.admit(limit, 1_000_000 + at));
    expect(answers).toEqual([true, false, false, false, true]);
  });
});

describe('form fields', () => {
  it('nest as lists and lists of objects', () => {
    const fields = new URLSearchParams(
      'email=a%40acme.example&secondaryTeamIds[]=1&secondaryTeamIds[]=2' +
        '&customFields[][name]=Badge&customFields[][value]=7&customFields[][name]=Notes&customFields[][value]=',
    );
    expect(nestFields(fields)).toEqual({
      email: 'a@acme.example',
      secondaryTeamIds: ['1', '2'],
      customFields: [
        { name: 'Badge', value: '7' },
        { name: 'Notes', value: '' },
      ],
    });
  });
});

describe("Personio's forms of one value", () => {
  it('put a day under any offset, never changing the day', () => {
    const forms = [0, 1, 2].map((salt) => midnight('2020-03-29', salt));
    expect(new Set(forms).size).toBe(3);
    expect(new Set(forms.map((form) => form?.slice(0, 10)))).toEqual(new Set(['2020-03-29']));
    expect(midnight('1890-01-01', 0)).toBe('1890-01-01T00:00:00+00:53');
  });

  it('give tags in either order and either notation', () => {
    const forms = [0, 1, 2, 3].map((salt) => tagsValue(['A', 'B'], salt));
    expect(forms).toEqual(['["A","B"]', 'B,A', 'A,B', '["B","A"]']);
    expect(tagsValue([], 0)).toBe('');
  });
});
