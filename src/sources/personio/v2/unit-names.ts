import { normaliseText } from '../../../core/text.js';
import { PermissionError } from '../../../errors.js';
import { StatusError } from '../../../http/errors.js';
import { TITLE } from '../failure.js';
import { entryOf, textOfId } from '../value.js';
import type { PersonsClient } from './client.js';
import { UNIT_ROUTES, type UnitKind } from './unit-routes.js';

/** The names behind ids. Each is asked for once in the life of this object, whatever comes of it. */
export interface UnitNames {
  /**
   * Reads the list of every kind, or finds that it is closed.
   *
   * @throws PermissionError when a kind can be named by no route at all
   */
  open(kinds: readonly UnitKind[]): Promise<void>;
  /** Asks for one that the list did not hold. */
  learn(kind: UnitKind, id: string): Promise<void>;
  /** Null where nobody knows it. */
  nameOf(kind: UnitKind, id: string): string | null;
  /** Whether any of a kind has a name. */
  hasNamed(kind: UnitKind): boolean;
  /** Those that were asked for and have no name. */
  readonly unnamed: readonly { readonly kind: UnitKind; readonly id: string }[];
}

export function createUnitNames(client: PersonsClient): UnitNames {
  const names = new Map<string, string | null>();
  const asked = new Map<string, Promise<void>>();
  const named = new Set<UnitKind>();
  const unnamed: { kind: UnitKind; id: string }[] = [];

  const ask = async (kind: UnitKind, id: string): Promise<void> => {
    const unit = UNIT_ROUTES[kind].hasSingle ? await client.unit(kind, id) : null;
    const name = nameIn(unit);
    names.set(keyOf(kind, id), name);
    if (name === null) unnamed.push({ kind, id });
    else named.add(kind);
  };

  const open = async (kind: UnitKind): Promise<void> => {
    const units = await client.units(kind).catch((error: unknown) => {
      if (!isClosed(error)) throw error;
      if (UNIT_ROUTES[kind].hasSingle) return [];
      const detail = `${UNIT_ROUTES[kind].path}, which alone has the names, is closed to these credentials`;
      throw new PermissionError(TITLE, [kind], detail, { cause: error });
    });
    for (const unit of units) {
      const id = textOfId(entryOf(unit, 'id'));
      const name = nameIn(unit);
      if (id === undefined || name === null) continue;
      names.set(keyOf(kind, id), name);
      named.add(kind);
    }
  };

  return {
    async open(kinds) {
      for (const kind of kinds) await open(kind);
    },
    learn(kind, id) {
      const key = keyOf(kind, id);
      if (names.has(key)) return Promise.resolve();
      const asking = asked.get(key) ?? ask(kind, id);
      asked.set(key, asking);
      return asking;
    },
    nameOf: (kind, id) => names.get(keyOf(kind, id)) ?? null,
    hasNamed: (kind) => named.has(kind),
    unnamed,
  };
}

function keyOf(kind: UnitKind, id: string): string {
  return `${kind} ${id}`;
}

// A route that is closed to these credentials has been seen to answer as one that does not exist.
function isClosed(error: unknown): boolean {
  return error instanceof PermissionError || (error instanceof StatusError && error.status === 404);
}

function nameIn(unit: unknown): string | null {
  const name = entryOf(unit, 'name');
  return typeof name === 'string' ? normaliseText(name) || null : null;
}
