import { IncompleteReadError } from '../../../errors.js';
import { TITLE } from '../failure.js';
import { keyOf } from '../names.js';
import type { EmploymentsReader } from './ask-employments.js';
import { placeOf } from './attributes.js';
import type { PersonsClient } from './client.js';
import { createPersonReader, type PersonReader } from './record.js';

/**
 * Looks once more, when everybody has been read, at those on whom the needed fields stood first. Credentials can lose
 * what they may read at any moment, and then the people who were read after it look as if they had no value.
 *
 * @throws IncompleteReadError when a field has gone from one of them meanwhile
 */
export async function hearWitnesses(
  client: PersonsClient,
  employments: EmploymentsReader,
  witnesses: PersonReader['witnesses'],
): Promise<void> {
  for (const [id, fields] of witnesses) {
    const person = await client.person(id);
    // Deleted meanwhile, or failing: of them nothing can be told.
    if (person === null) continue;
    const onEmployment = fields.some((field) => placeOf(keyOf(field)).on === 'employment');
    const listed = onEmployment ? await employments.ask(person) : { person, employments: null };
    if (listed.employments !== null && 'problem' in listed.employments) continue;
    const again = createPersonReader(fields, 'keep', { nameOf: () => 'a name' });
    again.read(listed);
    const gone = fields.filter((field) => !again.presentFields.has(field));
    if (gone.length === 0) continue;
    throw new IncompleteReadError(TITLE, [
      `${gone.join(', ')} could be read when the read began, and not when it ended`,
    ]);
  }
}
