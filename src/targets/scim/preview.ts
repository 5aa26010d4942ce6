import type { Fields } from '../../core/value.js';
import type { Finding } from '../../http/world.js';
import { assignmentsOf, newUser, userNameIn } from './body.js';
import { type Assignment, addMembers, operationsFor, removeMembers } from './patch.js';
import type { ReadOptions } from './reading.js';
import type { ScimSettings } from './settings.js';

/** Somebody made up. */
const SAMPLE: Fields = {
  external_id: '4711',
  email: 'ada.sample@acme.example',
  user_name: 'ada.sample@acme.example',
  first_name: 'Ada',
  last_name: 'Sample',
  display_name: 'Ada Sample',
  job_title: 'Engineer',
  department: 'Research',
};

const ENDED: Assignment = { path: 'active', value: false };
const DIALECTS: readonly ScimSettings['dialect'][] = ['rfc', 'entra', 'okta'];

/** What the settings make of a new account, a change and an ending, for people to hold against the vendor's page. */
export function preview(mapped: readonly string[], reading: ReadOptions): readonly Finding[] {
  const { settings } = reading;
  const { dialect, write, deactivate, groups } = settings;
  const isSent = (name: string) => name === 'external_id' || mapped.includes(name);
  const sample = Object.fromEntries(Object.entries(SAMPLE).filter(([name]) => isSent(name)));
  const changed = Object.keys(sample).includes('job_title') ? { job_title: 'Lead' } : { last_name: 'Example' };
  const fields = { email: SAMPLE['email'] ?? null, ...sample };
  const named = [
    { path: 'userName', value: userNameIn(fields, reading) },
    { path: 'active', value: true },
  ];
  const wanted = { fields, manager: undefined };
  const change = (assignments: readonly Assignment[], manner = dialect) =>
    write === 'put'
      ? 'PUT of the whole user, read before'
      : `PATCH ${JSON.stringify(operationsFor(assignments, manner))}`;
  const lead = assignmentsOf({ fields: changed, manager: undefined }, {}, reading);
  const lines: readonly (readonly [subject: string, message: string])[] = [
    ['a new account', `POST ${JSON.stringify(newUser([...named, ...assignmentsOf(wanted, {}, reading)]))}`],
    ['a change', change(lead)],
    ['an ending', deactivate === 'delete' ? 'DELETE' : change([ENDED])],
    // For a server that refuses the chosen manner.
    ...(write === 'put' ? [] : DIALECTS.filter((other) => other !== dialect)).flatMap((other) => [
      [`a change (dialect: ${other})`, change(lead, other)] as const,
      ...(deactivate === 'delete' ? [] : [[`an ending (dialect: ${other})`, change([ENDED], other)] as const]),
    ]),
    ...(groups === 'own'
      ? ([
          ['a new member', `PATCH ${JSON.stringify(addMembers(['ID'], settings))}`],
          ['a former member', `PATCH ${JSON.stringify(removeMembers(['ID'], settings))}`],
        ] as const)
      : []),
  ];
  return lines.map(([subject, message]) => ({ level: 'ok', subject: `${subject} would be sent as`, message }));
}
