import { entryOf } from '../../../core/entry.js';
import { CredentialsError, IncompleteReadError, PermissionError } from '../../../errors.js';
import type { BamboohrClient, RosterPage } from '../client.js';
import { isBadPage, TITLE } from '../failure.js';
import { idIn } from '../schema.js';

/** Who is there, as the list of employees says: it counts those too whom the key may not read. */
export interface Roster {
  /** Employee id → what the list shows of them. */
  readonly people: ReadonlyMap<string, Listed>;
  /** Who stands on it more than once. */
  readonly repeated: ReadonlySet<string>;
  /** How many the first and the last page counted. */
  readonly totalAtStart: number;
  readonly totalAtEnd: number;
}

/** One person of the list. */
export interface Listed {
  readonly row: unknown;
  /** Fields of the list that the key may not read of this person. */
  readonly restricted: ReadonlySet<string>;
}

/** Pages of the longest list; half of them may bring nobody new. */
const MOST_PAGES = 2_000;

/**
 * Lists everybody, by id and without a filter: a filter leaves out people of whom the key may not read its field. Where the
 * list moved meanwhile it is read once more. Null where BambooHR does not show the list to this key.
 *
 * @throws IncompleteReadError where its cursors lead nowhere
 */
export async function readRoster(client: Pick<BamboohrClient, 'roster'>): Promise<Roster | null> {
  const first = await readOnce(client);
  if (first !== 'moved' && (first === null || addsUp(first))) return first;
  const second = await readOnce(client);
  if (second === 'moved') throw broken('the list of employees moved below its cursor twice');
  return second;
}

async function readOnce(client: Pick<BamboohrClient, 'roster'>): Promise<Roster | null | 'moved'> {
  const start = await firstPage(client);
  if (start === null) return null;
  const people = new Map<string, Listed>();
  const repeated = new Set<string>();
  const cursors = new Set<string>();
  let page: RosterPage = start;
  for (;;) {
    for (const row of page.people) {
      const id = idIn(entryOf(row, 'employeeId'));
      if (id === null) continue;
      if (people.has(id)) repeated.add(id);
      people.set(id, { row, restricted: restrictedIn(row) });
    }
    const { next } = page;
    if (next === null) return { people, repeated, totalAtStart: start.total, totalAtEnd: page.total };
    if (cursors.has(next)) throw broken(`the cursor of the list of employees repeats after ${cursors.size} pages`);
    cursors.add(next);
    if (cursors.size >= MOST_PAGES) throw broken(`the list of employees does not end after ${cursors.size} pages`);
    const following = await client.roster(next).catch((error: unknown) => {
      if (isBadPage(error)) return null;
      throw error;
    });
    if (following === null) return 'moved';
    page = following;
  }
}

/** The first page; null where it is refused. The key is known to be good by then, so a refusal concerns this list alone. */
export async function firstPage(client: Pick<BamboohrClient, 'roster'>): Promise<RosterPage | null> {
  return client.roster(null).catch((error: unknown) => {
    if (error instanceof CredentialsError || error instanceof PermissionError) return null;
    throw error;
  });
}

function addsUp({ people, totalAtStart, totalAtEnd }: Roster): boolean {
  return totalAtStart === totalAtEnd && people.size === totalAtEnd;
}

const NONE: ReadonlySet<string> = new Set();

function restrictedIn(row: unknown): ReadonlySet<string> {
  const names = entryOf(row, '_restrictedFields');
  if (!Array.isArray(names) || names.length === 0) return NONE;
  return new Set(names.filter((name: unknown) => typeof name === 'string'));
}

const WHO = ['firstName', 'lastName', 'status'];

/** Whether the key may not read this person at all: the list shows no more than an id. */
export function isHidden({ restricted }: Listed): boolean {
  return WHO.every((name) => restricted.has(name));
}

function broken(finding: string): IncompleteReadError {
  return new IncompleteReadError(TITLE, [finding]);
}
