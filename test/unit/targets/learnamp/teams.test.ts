import { describe, expect, it } from 'vitest';
import { RejectedError } from '../../../../src/targets/kit/rejected.js';
import type { Team } from '../../../../src/targets/learnamp/schema.js';
import { createTeams } from '../../../../src/targets/learnamp/teams.js';
import { UnclearError } from './made-up.js';

/** A list of teams that remembers what was asked of it; each failure hits one creation, with or without effect. */
function listOf(teams: Team[], failures: { readonly error: Error; readonly commits: boolean }[] = []) {
  const calls: string[] = [];
  return {
    calls,
    async teams() {
      calls.push('list');
      return [...teams];
    },
    async createTeam(name: string) {
      calls.push(`create ${name}`);
      const failure = failures.shift();
      if (failure && !failure.commits) throw failure.error;
      const team = { id: 100 + teams.length, name };
      teams.push(team);
      if (failure) throw failure.error;
      return team.id;
    },
  };
}

const creates = (calls: readonly string[]) => calls.filter((call) => call !== 'list');
const unclear = (commits: boolean) => ({ error: new UnclearError(), commits });

describe('teams by name', () => {
  it('lists them once, and not at all where nobody needs one', async () => {
    const list = listOf([{ id: 1, name: ' Sales ' }]);
    const teams = createTeams(list);
    expect(await teams.idsOf([])).toEqual(new Map());
    expect(list.calls).toEqual([]);
    expect(await teams.idsOf(['Sales', 'Sales'])).toEqual(new Map([['Sales', 1]]));
    expect(await teams.idsOf(['Sales'])).toEqual(new Map([['Sales', 1]]));
    expect(list.calls).toEqual(['list']);
  });

  it('lists them again after a list that failed', async () => {
    const list = listOf([{ id: 1, name: 'Sales' }]);
    let failing = true;
    const teams = createTeams({
      ...list,
      teams: () => (failing ? Promise.reject(new UnclearError()) : list.teams()),
    });
    await expect(teams.idsOf(['Sales'])).rejects.toBeInstanceOf(UnclearError);
    failing = false;
    expect(await teams.idsOf(['Sales'])).toEqual(new Map([['Sales', 1]]));
  });

  it('makes one team of two spellings that are missing', async () => {
    const list = listOf([]);
    const teams = createTeams(list);
    const [one, other] = await Promise.all([teams.idsOf(['Sales']), teams.idsOf(['SALES'])]);
    expect(one.get('Sales')).toBe(other.get('SALES'));
    expect(creates(list.calls)).toEqual(['create Sales']);
  });

  it.each([true, false])(
    'asks before it makes a team again whose creation had no answer (committed: %s)',
    async (commits) => {
      const list = listOf([], [unclear(commits)]);
      expect([...(await createTeams(list).idsOf(['Sales'])).values()]).toEqual([100]);
      expect(list.calls.slice(1)).toEqual(['create Sales', 'list', ...(commits ? [] : ['create Sales'])]);
    },
  );

  it('finds the team that somebody else made in the meantime', async () => {
    const list = listOf(
      [],
      [{ error: new RejectedError('email_taken', 'Name has already been taken'), commits: true }],
    );
    expect([...(await createTeams(list).idsOf(['Sales'])).values()]).toEqual([100]);
  });

  it('says which team could not be made, and tries again for the next person', async () => {
    const list = listOf([], [{ error: new RejectedError('invalid_value', 'name is too long'), commits: false }]);
    const teams = createTeams(list);
    const refusal = { reason: 'unknown_reference', detail: expect.stringContaining('"Sales" could not be made') };
    await expect(teams.idsOf(['Sales'])).rejects.toMatchObject(refusal);
    expect((await teams.idsOf(['Sales'])).get('Sales')).toBe(100);
  });

  it('calls missing what would be made', async () => {
    const teams = createTeams(
      listOf([
        { id: 1, name: 'sales' },
        { id: 2, name: 'HR' },
        { id: 3, name: 'hr' },
        { id: 4, name: null },
      ]),
    );
    expect(await teams.missing(['Sales', 'hr', 'Hr', 'Chess', ' chess'])).toEqual(['chess']);
  });

  it('makes no further team of a name that two teams bear in other capitals', async () => {
    const list = listOf([
      { id: 2, name: 'HR' },
      { id: 3, name: 'hr' },
    ]);
    const refusal = { reason: 'unknown_reference', detail: '2 teams are called "Hr" (ids 2, 3): rename one' };
    await expect(createTeams(list).idsOf(['Hr'])).rejects.toMatchObject(refusal);
    expect(creates(list.calls)).toEqual([]);
    expect((await createTeams(list).idsOf(['hr'])).get('hr')).toBe(3);
  });
});
