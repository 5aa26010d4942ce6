import { refuse } from '../refusal.js';
import { isRecord, type Values } from '../resource.js';
import type { ScimSettings } from '../settings.js';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** One operation of a PATCH; `value` is undefined where it is not sent. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | null;
  readonly value: unknown;
}

/**
 * The operations of a PATCH body. Source: RFC 7644, section 3.5.2.
 *
 * @throws Refusal `invalidSyntax`
 */
export function readPatch(body: Values, settings: Pick<ScimSettings, 'attributeNames'>): readonly Operation[] {
  const { schemas, operations } = lowered(body, settings, { Operations: 'operations' });
  const isPatch = Array.isArray(schemas) && schemas.some((urn) => String(urn).toLowerCase() === PATCH_OP.toLowerCase());
  if (!isPatch) throw refuse('invalidSyntax', `schemas does not name ${PATCH_OP}`);
  if (!Array.isArray(operations) || operations.length === 0) throw refuse('invalidSyntax', 'Operations is empty');
  return operations.map((one: unknown) => {
    if (!isRecord(one)) throw refuse('invalidSyntax', 'An operation must be an object');
    return readOperation(lowered(one, settings, {}));
  });
}

function readOperation({ op, path, value, ...others }: Values): Operation {
  const [stranger] = Object.keys(others);
  if (stranger !== undefined) throw refuse('invalidSyntax', `${stranger} is not a member of an operation`);
  const verb = typeof op === 'string' ? op.toLowerCase() : op;
  if (verb !== 'add' && verb !== 'replace' && verb !== 'remove') {
    throw refuse('invalidSyntax', `${JSON.stringify(op)} is not an operation`);
  }
  if (path !== undefined && (typeof path !== 'string' || path.trim() === '')) {
    throw refuse('invalidPath', 'path must be a text');
  }
  return { op: verb, path: path ?? null, value };
}

/** A message with its names in small letters, where other capitals are understood. */
function lowered(
  message: Values,
  { attributeNames }: Pick<ScimSettings, 'attributeNames'>,
  exact: Readonly<Record<string, string>>,
): Values {
  const understood = (key: string) => exact[key] ?? (attributeNames === 'any_case' ? key.toLowerCase() : key);
  return Object.fromEntries(Object.entries(message).map(([key, value]) => [understood(key), value]));
}
