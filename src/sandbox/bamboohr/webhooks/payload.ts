import { fieldsByAlias } from '../fields/catalogue.js';
import { renderer } from '../fields/render.js';
import { instantText } from '../last-changed.js';
import type { BambooHRParts } from '../parts.js';
import type { Sight } from '../sight.js';
import { show } from '../standing.js';
import type { Happening } from './portraits.js';
import type { Delivery } from './subscription.js';

/**
 * What a webhook is told of something that happens; null for nothing: the event was not asked for, the person or all the
 * changed fields may not be seen, or nobody watches them.
 *
 * @param sight null for a global webhook, which sees everything
 */
export function payloadFor(
  { action, record, changedFields }: Happening,
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
