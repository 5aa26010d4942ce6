import { describe, expect, it } from 'vitest';
import { SKIP_REASONS } from '../../../src/core/change.js';
import { FATES, fateOfSkip, headcount, noFates } from '../../../src/core/headcount.js';

const nobody = { gone: 0, expired: 0 };

describe('a headcount', () => {
  it('says of whoever has no other fate that they have left', () => {
    const count = headcount(400, { ...noFates(), gets_account: 360, lacks_email: 2 }, nobody);
    expect(count?.fates).toMatchObject({ gets_account: 360, lacks_email: 2, has_left: 38 });
    expect(FATES.reduce((sum, fate) => sum + (count?.fates[fate] ?? 0), 0)).toBe(400);
  });

  it('says nothing rather than something that does not add up', () => {
    expect(headcount(3, { ...noFates(), is_in_step: 4 }, nobody)).toBeNull();
  });

  it('has a fate for every reason to skip somebody', () => {
    expect(new Set(SKIP_REASONS.map(fateOfSkip))).toEqual(
      new Set(['lacks_email', 'is_filtered_out', 'is_protected', 'is_unclear']),
    );
  });
});
