import type { Fields } from '../../core/value.js';
import type { Finding } from '../../http/world.js';
import { assignmentsOf, newUser, userNameIn } from './body.js';
import { addMembers, operationsFor, removeMembers } from './patch.js';
import type { ReadOptions } from './reading.js';

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
  const change = (assignments: Parameters<typeof operationsFor>[0]) =>
    write === 'put'
      ? 'PUT of the whole user, read before'
      : `PATCH ${JSON.stringify(operationsFor(assignments, dialect))}`;
  const lines: readonly (readonly [subject: string, message: string])[] = [
    ['a new account', `POST ${JSON.stringify(newUser([...named, ...assignmentsOf(wanted, {}, reading)]))}`],
    ['a change', change(assignmentsOf({ fields: changed, manager: undefined }, {}, reading))],
    ['an ending', deactivate === 'delete' ? 'DELETE' : change([{ path: 'active', value: false }])],
    ...(groups === 'own'
      ? ([
          ['a new member', `PATCH ${JSON.stringify(addMembers(['ID'], settings))}`],
          ['a former member', `PATCH ${JSON.stringify(removeMembers(['ID'], settings))}`],
        ] as const)
      : []),
  ];
  return lines.map(([subject, message]) => ({ level: 'ok', subject: `${subject} would be sent as`, message }));
}
