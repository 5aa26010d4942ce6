import { shownPlace } from '../../core/state-place.js';
import { StateError } from '../../errors.js';
import type { OpenStore } from '../store.js';
import type { Session } from './session.js';
import { type Row, statement } from './statement.js';

interface Held extends Row {
  readonly source: string | null;
  readonly target: string | null;
  readonly movedTo: string | null;
}

const HELD = 'SELECT source, target, moved_to AS "movedTo" FROM connector WHERE name = $1';
const ADD = 'INSERT INTO connector (name, source, target) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING';
const ADD_COUNTER = 'INSERT INTO counter (connector) VALUES ($1) ON CONFLICT DO NOTHING';
const SET = `UPDATE connector SET source = coalesce(source, $2), target = coalesce(target, $3) WHERE name = $1`;

type Options = Pick<OpenStore, 'identity' | 'anySource' | 'place'>;

/**
 * Holds the rows of a connector to the HR system and the LMS that they were begun with.
 *
 * @returns whether nothing says yet whom they belong to
 * @throws StateError when they belong to others, or were moved elsewhere
 */
export async function holdToIdentity(session: Session, { identity, anySource, place }: Options): Promise<boolean> {
  const held = await session.first<Held>(statement(HELD, session.connector));
  const shown = `${shownPlace(place)} (connector ${session.connector})`;
  if (held !== null && held.movedTo !== null) throw new StateError(shown, { kind: 'moved', to: held.movedTo });
  for (const side of ['source', 'target'] as const) {
    const holds = held?.[side] ?? null;
    if (side === 'source' && anySource === true && holds !== null) continue;
    if (holds !== null && holds !== identity[side])
      throw new StateError(shown, { kind: 'foreign', holds, expected: identity[side] });
  }
  return held?.source == null || held.target === null;
}

/** The same for a run that writes: whoever is first claims the name. */
export async function claim(session: Session, options: Options): Promise<void> {
  if (!(await holdToIdentity(session, options))) return;
  const { connector } = session;
  const { source, target } = options.identity;
  await session.write([
    statement(ADD, connector, source, target),
    statement(ADD_COUNTER, connector),
    statement(SET, connector, source, target),
  ]);
}
