import { IncompleteReadError, PermissionError } from '../../../errors.js';
import { ahead } from '../../../http/ahead.js';
import type { ReadFacts, SourcePage } from '../../source.js';
import { TITLE } from '../failure.js';
import { keyOf } from '../names.js';
import type { PersonsClient } from './client.js';
import { createDetails, employmentsOf } from './details.js';
import { hearWitnesses } from './hear-witnesses.js';
import { missingFields, noticesOfUnnamed, refuseBarePersons } from './missing.js';
import type { ReadOptions } from './read-options.js';
import { createPersonReader, type Listed } from './record.js';
import { callTheRoll } from './roll.js';
import { createUnitNames } from './unit-names.js';

/**
 * Reads everybody in Personio by its v2 API: a page of persons, then the employments of each of them. While one page is
 * looked at the next one is read; no more than these two are held.
 */
export async function* readPersons(
  client: PersonsClient,
  fields: readonly string[],
  options: ReadOptions,
): AsyncGenerator<SourcePage, ReadFacts> {
  const names = createUnitNames(client);
  const reader = createPersonReader(fields, options.absentValue, names);
  await names.open(reader.unitKinds);
  const roll = await callTheRoll(client, (page) => {
    refuseBarePersons(page, fields);
    reader.look(page);
  });
  const details = createDetails(client, reader, names, options);
  const persons = client.persons();
  const following = async (): Promise<readonly Listed[] | null> => {
    const step = await persons.next();
    if (step.done) return null;
    roll.note(step.value);
    return details.of(step.value);
  };

  let pages = 0;
  let listed = await following();
  while (listed !== null) {
    const next = ahead(following());
    reader.look(listed.flatMap(employmentsOf));
    const records = listed.map(reader.read);
    if (records.length > 0) {
      pages += 1;
      yield { records, total: roll.first };
    }
    listed = await next;
  }

  const { expected } = roll;
  const facts = { pages, totalAtStart: expected, totalAtEnd: expected };
  if (expected === 0) return { ...facts, presentFields: reader.presentFields, notices: [] };
  if (reader.needsEmployments && !details.employments.cameForAnybody) {
    throw new IncompleteReadError(TITLE, ['nobody’s employments could be read']);
  }
  const unnamed = noticesOfUnnamed(names);
  const { empty, lost } = missingFields(fields, reader.presentFields, options.mayBeEmpty);
  if (lost.length > 0) throw new PermissionError(TITLE, lost.map(keyOf), NOBODY_HAS_THEM);
  await hearWitnesses(client, details.employments, reader.witnesses);
  return {
    ...facts,
    presentFields: new Set([...reader.presentFields, ...empty]),
    absentFields: reader.absentIsEmpty ? [] : empty,
    notices: [...unnamed, ...empty.map(emptyNotice)],
  };
}

const NOBODY_HAS_THEM =
  'nobody came with it, and a permission that is lost looks like this; if nobody has a value, name the HR field in "source.may_be_empty"';

function emptyNotice(field: string): string {
  return `${field} came with nobody: nobody has one, or these credentials may not read it`;
}
