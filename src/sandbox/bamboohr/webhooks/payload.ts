import { fieldsByAlias } from '../fields/catalogue.js';
import { renderer } from '../fields/render.js';
import type { BambooHRParts } from '../parts.js';
import { instantText } from '../people/last-changed.js';
import type { Sight } from '../people/sight.js';
import { show } from '../people/standing.js';
import type { CompanyChange } from './portraits.js';
import type { Delivery } from './subscription.js';

/**
 * The payload of a webhook for one happening. Null when the webhook does not want the event, does not watch the changed
 * fields, or its owner may not see the person or any of these fields.
 *
 * @param sight null for a global webhook, which sees everything
 */
export function payloadFor(
  { action, record, changedFields }: CompanyChange,
  { events, monitorFields, postFields }: Delivery,
  sight: Sight | null,
  parts: BambooHRParts,
): object | null {
  const [type] = events.filter((event) => event.endsWith(`.${action}`));
  if (type === undefined || sight?.person(record) === false) return null;
  const seen = changedFields.filter((alias) => sight?.field(alias) ?? true);
  const watched = action === 'created' ? seen : seen.filter((alias) => monitorFields.includes(alias));
  if (action !== 'deleted' && watched.length === 0) return null;
  const timestamp = instantText(parts.now());
  const id = String(record.id);
  const changed = action === 'updated' ? { changedFields: watched } : {};
  if (type.startsWith('employee.')) return { type, timestamp, data: { companyId: '1', employeeId: id, ...changed } };
  const fields = fieldsByAlias(parts);
  const render = renderer(parts, 'report');
  const values = Object.entries(action === 'deleted' ? {} : postFields).flatMap(([alias, name]) => {
    const field = fields.get(alias);
    const isSeen = field !== undefined && (sight?.field(alias) ?? true);
    return isSeen ? [[name, { value: render(field, show(record, parts, true)) }]] : [];
  });
  const word = action[0]?.toUpperCase() + action.slice(1);
  const employee = { id, action: word, changedFields: watched, fields: Object.fromEntries(values), timestamp };
  return { employees: [employee] };
}
