import { PermissionError } from '../../../errors.js';
import type { Finding } from '../../../http/world.js';
import { isOffered } from '../catalogue.js';
import { findingFor, notOffered, reached, WHERE } from '../findings.js';
import { fieldOf, keyOf } from '../names.js';
import { PERSONS_RIGHT, type PersonsClient } from './client.js';
import { customFields } from './custom.js';
import { lookAtEmployments } from './look-at-employments.js';
import { missingFields, refuseBarePersons } from './missing.js';
import type { ReadOptions } from './read-options.js';
import { createPersonReader, type PersonReader } from './record.js';
import { callTheRoll } from './roll.js';
import { createUnitNames, type UnitNames } from './unit-names.js';

/** Nobody waits for the employments of thousands: who has not been asked for by then will not change the picture. */
const MOST_ASKED = 300;

/**
 * Looks at host, credentials, the right to read persons, the names behind ids, and the HR fields that are needed. v2
 * does not list what may be read, so people are looked at until every needed field has stood on somebody.
 */
export async function checkPersons(
  client: PersonsClient,
  baseUrl: string,
  fields: readonly string[],
  options: ReadOptions,
): Promise<readonly Finding[]> {
  try {
    const sample: unknown[] = [];
    const custom = new Set<string>();
    const names = createUnitNames(client);
    const reader = createPersonReader(fields, options.absentValue, names);
    const { first } = await callTheRoll(client, (page) => {
      refuseBarePersons(page, fields);
      reader.look(page);
      for (const person of page) {
        reader.read({ person, employments: null });
        for (const { name } of customFields(person)) custom.add(name);
      }
      sample.push(...page.slice(0, MOST_ASKED - sample.length));
    });
    const closed = await openNames(names, reader);
    await lookAtEmployments(client, sample, { fields, names, reader, options });
    return [...reached(baseUrl, first, PERSONS_RIGHT), ...closed.map(closedFinding), ...fieldFindings()];

    function fieldFindings(): readonly Finding[] {
      const named = new Set(closed.flatMap(({ missing }) => missing));
      const rest = fields.filter((field) => !named.has(keyOf(field)));
      const { empty, lost } = missingFields(rest, reader.presentFields, options.mayBeEmpty);
      if (first === 0) return [];
      if (lost.length + empty.length + named.size > 0) {
        const seen = [...custom].sort();
        return [...lost.map((field) => lostFinding(field, seen)), ...empty.map(emptyFinding)];
      }
      return [{ level: 'ok', subject: 'attributes', message: `all ${fields.length} needed ones are readable` }];
    }
  } catch (error) {
    return [findingFor(error, baseUrl)];
  }
}

async function openNames(names: UnitNames, { unitKinds }: PersonReader): Promise<readonly PermissionError[]> {
  const closed: PermissionError[] = [];
  for (const kind of unitKinds) {
    await names.open([kind]).catch((error: unknown) => {
      if (!(error instanceof PermissionError)) throw error;
      closed.push(error);
    });
  }
  return closed;
}

function closedFinding({ missing, detail }: PermissionError): Finding {
  const subject = `attribute ${missing.map(fieldOf).join(', ')}`;
  const message = `${detail}: ask Personio to open it, take the field out of the config, or read by "api: v1"`;
  return { level: 'error', subject, message, cause: 'credentials' };
}

function lostFinding(field: string, seen: readonly string[]): Finding {
  if (!isOffered(field)) return notOffered({ field });
  const ids =
    seen.length === 0 ? 'no custom attribute at all' : `the custom attributes ${seen.slice(0, 20).join(', ')}`;
  const message = `stood on nobody who was looked at: allow it among the readable employee attributes of these credentials (${WHERE}); if nobody has a value, name it in "source.may_be_empty". v2 shows ${ids}`;
  return { level: 'error', subject: `attribute ${field}`, message, cause: 'credentials' };
}

function emptyFinding(field: string): Finding {
  const message = 'stood on nobody who was looked at: nobody has one, or these credentials may not read it';
  return { level: 'warning', subject: `attribute ${field}`, message };
}
