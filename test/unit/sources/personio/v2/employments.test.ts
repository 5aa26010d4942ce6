import { describe, expect, it } from 'vitest';
import { chooseEmployment } from '../../../../../src/sources/personio/v2/employments.js';

const employment = (id: string, status: string | undefined, start: string | null, person = '7') => ({
  ...{ id, person: { id: person }, employment_start_date: start },
  ...(status !== undefined && { status }),
});

function chosen(...employments: readonly unknown[]): unknown {
  const choice = chooseEmployment('7', employments);
  return 'problem' in choice ? choice.problem : (choice.employment as { id: string }).id;
}

describe('of several employments', () => {
  it('the one that starts last speaks, in whatever order they come', () => {
    const [old, young] = [employment('old', 'ACTIVE', '2020-01-01'), employment('young', 'ONBOARDING', '2026-12-01')];
    expect([chosen(old, young), chosen(young, old)]).toEqual(['young', 'young']);
  });

  it('one that lasts goes before one that has ended, or never began', () => {
    expect(chosen(employment('withdrawn', 'INACTIVE', '2027-01-01'), employment('now', 'LEAVE', '2020-01-01'))).toBe(
      'now',
    );
    expect(chosen(employment('ended', 'inactive', '2027-01-01'), employment('odd', undefined, null))).toBe('odd');
  });

  it('the newest speaks where all have ended', () => {
    expect(chosen(employment('a', 'INACTIVE', '2020-01-01'), employment('b', 'INACTIVE', '2021-01-01'))).toBe('b');
  });

  it('the one that is listed first speaks where their starts do not tell', () => {
    expect(chosen(employment('a', 'ACTIVE', null), employment('b', 'ACTIVE', null))).toBe('a');
    expect(chosen(employment('a', 'ACTIVE', '2020-01-01'), employment('b', 'ACTIVE', '2020-01-01'))).toBe('a');
    expect(chosen(employment('a', 'ACTIVE', '2020-02-31'), employment('b', 'ACTIVE', '1999-01-01'))).toBe('b');
  });
});

it('no employment is nothing to conclude anything from', () => {
  expect(chosen()).toContain('no employment');
});

it('the employment of somebody else is not taken for theirs', () => {
  expect(chosen(employment('a', 'ACTIVE', '2020-01-01', '8'))).toContain('somebody else');
});
