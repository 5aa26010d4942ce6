import { caseless } from '../../core/caseless.js';
import { RequestError } from '../../http/errors.js';
import { askOnce, askOnceEach } from '../kit/ask-once.js';
import { RejectedError } from '../kit/rejected.js';
import type { LearnAmpClient } from './client.js';
import type { Team } from './schema.js';

/** Learn Amp's teams by name. Teams are only ever found or made, never changed: the hierarchy is built by hand. */
export interface Teams {
  /** The id of each team; those that do not exist are made, flat, once. */
  idsOf(names: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Those of the names that no team bears. Reads only. */
  missing(names: Iterable<string>): Promise<readonly string[]>;
}

/** Teams are listed whole at the first need, and remembered for as long as the target is open. */
export function createTeams(client: Pick<LearnAmpClient, 'teams' | 'createTeam'>): Teams {
  const list = askOnce(() => client.teams());
  // Several people may wait for one new team.
  const makeOnce = askOnceEach(make, caseless);

  async function idOf(name: string): Promise<number> {
    return findTeam(await list(), name) ?? (await makeOnce(name));
  }

  async function make(name: string): Promise<number> {
    try {
      return await client.createTeam(trimmed(name));
    } catch (error) {
      const uncertain = error instanceof RequestError && error.mayHaveHappened;
      if (!uncertain && !(error instanceof RejectedError)) throw error;
      // It may stand there all the same: made by the request that failed, or by somebody else since the list was read.
      const found = findTeam(await client.teams(), name);
      if (found !== undefined) return found;
      if (uncertain) return client.createTeam(trimmed(name));
      const detail = `team "${name}" could not be made: ${error.message}`;
      throw new RejectedError('unknown_reference', detail, { cause: error });
    }
  }

  return {
    async idsOf(names) {
      const ids = new Map<string, number>();
      for (const name of new Set(names)) ids.set(name, await idOf(name));
      return ids;
    },
    async missing(names) {
      const wanted = [...names];
      if (wanted.length === 0) return [];
      const teams = await list();
      const absent = wanted.filter((name) => candidates(teams, name).length === 0);
      return [...new Map(absent.map((name) => [caseless(name), trimmed(name)])).values()].sort();
    },
  };
}

/** The team of that name, or undefined. Learn Amp does not say that names are unique; of two neither is guessed. */
function findTeam(teams: readonly Team[], name: string): number | undefined {
  const found = candidates(teams, name);
  if (found.length <= 1) return found[0]?.id;
  const ids = found.map((team) => team.id).join(', ');
  throw new RejectedError('unknown_reference', `${found.length} teams are called "${name}" (ids ${ids}): rename one`);
}

// Every team of exactly that name, else every team whose name differs in capitals alone: names that do are one name.
function candidates(teams: readonly Team[], name: string): readonly Team[] {
  const alike = teams.filter((team) => caseless(team.name ?? '') === caseless(name));
  const exact = alike.filter((team) => trimmed(team.name ?? '') === trimmed(name));
  return exact.length > 0 ? exact : alike;
}

function trimmed(name: string): string {
  return name.normalize('NFC').replace(/\s+/g, ' ').trim();
}
