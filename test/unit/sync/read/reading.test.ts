import { describe, expect, it } from 'vitest';
import type { Source } from '../../../../src/sources/source.js';
import { mustBeWhole } from '../../../../src/sync/read/reading.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-24T12:00:00Z');
const nothing = (): never => {
  throw new Error('nobody reads here');
};
const able: Pick<Source, 'title' | 'capabilities' | 'readChanged' | 'readByIds'> = {
  title: 'Model HR',
  capabilities: { peoplePerPage: 100, idsPerRequest: 1 },
  readChanged: nothing,
  readByIds: nothing,
};
const marks = (hoursAgo: number) => {
  const at = new Date(NOW.getTime() - hoursAgo * HOUR).toISOString();
  return { changesUntil: at, everybodyAt: at };
};
const changed = { changed: true, fullEvery: 24 * HOUR };

describe('a run between nights', () => {
  it('may read some people while the last complete read is young enough', () => {
    expect(mustBeWhole(able, marks(23.9), changed, NOW)).toBeNull();
    expect(mustBeWhole(able, marks(24), changed, NOW)).toBe('the last complete read began at 2026-11-23T12:00:00.000Z');
  });

  it('reads single people whatever the age of the last complete read', () => {
    expect(mustBeWhole(able, marks(1_000), { ...changed, changed: false }, NOW)).toBeNull();
  });

  it('reads everybody where it cannot do otherwise', () => {
    const { readByIds: _, ...withoutIds } = able;
    const { readChanged: __, ...withoutFilter } = able;
    const never = { changesUntil: null, everybodyAt: null };
    expect(mustBeWhole(withoutIds, marks(1), changed, NOW)).toBe('Model HR cannot be asked for single people');
    expect(mustBeWhole(withoutFilter, marks(1), changed, NOW)).toBe('Model HR cannot be asked who changed');
    expect(mustBeWhole(able, never, changed, NOW)).toBe('no run has read everybody yet');
  });

  it('reads everybody when the clock was set back since the last read', () => {
    const why = 'the last read began at a time that is still to come: the clock was set back';
    expect(mustBeWhole(able, marks(-0.1), changed, NOW)).toBe(why);
    expect(mustBeWhole(able, { ...marks(1), changesUntil: marks(-24).changesUntil }, changed, NOW)).toBe(why);
  });
});
