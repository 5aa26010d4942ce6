import { neededFields } from '../../config/needed-fields.js';
import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { count } from '../../core/count.js';
import { fieldsReadBy, linePath } from '../../core/mapping.js';
import { conditionsIn } from '../../core/scope.js';
import { tryMapping } from '../../sync/plan/try-mapping.js';
import { type Connector, policyOf } from '../connector.js';
import type { DrillStage, Edit } from './stage.js';

/** Each round may uncover another line that does not fit. */
const ROUNDS = 6;

/**
 * Lets a config run on the stand-ins: what they cannot know of a customer (fields of its own, the values of its filter) is
 * left out or replaced, and told. Everything else stays as it is.
 *
 * @returns what was left out or replaced, as sentences
 */
export async function fitToStandIns(stage: DrillStage, now: () => Date): Promise<readonly string[]> {
  const notes: string[] = [];
  const change = (edit: Edit, note: string) => {
    stage.edits = [...stage.edits, edit];
    notes.push(note);
  };
  await stage.write();
  await leaveOutUnknown(stage, change);
  for (let round = 0; round < ROUNDS; round++) {
    await stage.write();
    const { config, source, target, mapping } = await stage.connector();
    const look = {
      source,
      target,
      mapping,
      policy: policyOf(config, now(), undefined),
      neededFields: neededFields(config),
    };
    const trial = await tryMapping(look);
    const before = notes.length;
    if (trial.outside * 2 > trial.tried) {
      const people = `${trial.outside} of ${count(trial.tried, 'made-up person', 'made-up people')}`;
      change({ path: ['employees', 'filter'] }, `employees.filter: it keeps out ${people}`);
    }
    for (const { line, example } of trial.failing)
      replace(stage, change, line, `fails for made-up people: ${example.message}`);
    if (notes.length === before) break;
  }
  return notes;
}

type Change = (edit: Edit, note: string) => void;

async function leaveOutUnknown(stage: DrillStage, change: Change): Promise<void> {
  const connector = await stage.connector();
  const { config } = connector;
  // A file is written with every column that the config reads.
  if (stage.hr !== null) {
    const offered = new Set(['id', 'status', ...(await connector.source.fields()).map(({ name }) => name)]);
    const unknown = (fields: readonly string[]) => fields.filter((field) => !offered.has(field));
    const lacks = (fields: readonly string[]) =>
      `the stand-in for ${connector.source.title} has no ${fields.join(', ')}`;
    for (const rule of config.mapping) {
      const missing = unknown(fieldsReadBy(rule));
      if (missing.length > 0) replace(stage, change, linePath(rule.field), lacks(missing));
    }
    const filtered = unknown(conditionsIn(config.scope.filter).map(({ field }) => field));
    if (filtered.length > 0) change({ path: ['employees', 'filter'] }, `employees.filter: ${lacks(filtered)}`);
    const key = unknown([config.employeeKey]);
    if (key.length > 0) change({ path: ['employees', 'key'] }, `employees.key: ${lacks(key)}`);
    const unit = unknown(config.safety.per === null ? [] : [config.safety.per]);
    if (unit.length > 0) change({ path: ['safety', 'per'] }, `safety.per: ${lacks(unit)}`);
  }
  await fitCustomFields(stage, connector, change);
}

async function fitCustomFields(stage: DrillStage, { config, target }: Connector, change: Change): Promise<void> {
  if (target.capabilities.customFields === 'made') return;
  const listed = new Set((await target.fields()).map(({ name }) => name));
  const own = stage.usualMapping['custom_fields'];
  const usual = new Set(typeof own === 'object' && own !== null ? Object.keys(own) : []);
  const missing = config.mapping
    .map(({ field }) => field)
    .filter((field) => field.startsWith(CUSTOM_FIELD_PREFIX) && !listed.has(field))
    .map((field) => field.slice(CUSTOM_FIELD_PREFIX.length))
    .filter((name) => !usual.has(name) && !isLeftOut(stage, name));
  if (missing.length === 0) return;
  if (stage.lms.addCustomFields !== undefined) {
    stage.customFields = missing;
    return;
  }
  for (const name of missing) {
    const path = linePath(`${CUSTOM_FIELD_PREFIX}${name}`);
    change({ path }, `${path.join('.')}: the stand-in for ${target.title} has no such field`);
  }
}

function isLeftOut({ edits }: DrillStage, name: string): boolean {
  return edits.some(({ path }) => path.join('.') === linePath(`${CUSTOM_FIELD_PREFIX}${name}`).join('.'));
}

// A line that every account needs is written as the stand-ins' own example has it; others are left out.
function replace({ usualMapping }: DrillStage, change: Change, path: readonly string[], why: string): void {
  const [, field = ''] = path;
  const usual = path.length === 2 ? usualMapping[field] : undefined;
  if (usual === undefined) change({ path }, `${path.join('.')} is left out: ${why}`);
  else change({ path, value: usual }, `${path.join('.')} is rehearsed with ${JSON.stringify(usual)}: ${why}`);
}
