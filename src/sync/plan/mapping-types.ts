import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { SourceFieldType, TypeTable } from '../../core/field-type.js';
import type { Mapping } from '../../core/mapping.js';
import { type Fit, judgeTypes, mismatchesIn } from '../../core/type-check.js';
import { HrsyncError, InterruptedError } from '../../errors.js';
import { MappingError } from '../../errors-plan.js';
import type { Source, SourceField } from '../../sources/source.js';
import type { Target } from '../../targets/target.js';
import type { RunContext } from '../context.js';
import type { Plan } from './plan.js';

/** A mapping with the two systems that it lies between. */
export interface Mapped {
  readonly mapping: Mapping;
  readonly types: TypeTable;
  readonly source: Source;
  readonly target: Target;
}

/** Asks both systems for their fields and holds the mapping against them. */
export async function judgeMapping({ mapping, types: table, source, target }: Mapped): Promise<readonly Fit[]> {
  const fields = await target.fields();
  const listed = fields.some(({ name }) => name.startsWith(CUSTOM_FIELD_PREFIX)) ? 'listed' : 'unlisted';
  const customFields = target.capabilities.customFields ?? listed;
  const fits = judgeTypes(mapping.rules, { source: await offered(source), target: fields, table, customFields });
  target.expect?.(typesOf(fits, mapping));
  return fits;
}

/** The type that each mapped field is filled with, where HR says so and all of a rule's attributes agree. */
function typesOf(fits: readonly Fit[], { rules }: Mapping): ReadonlyMap<string, SourceFieldType> {
  const types = new Map<string, SourceFieldType>();
  for (const { field, value, map, default: otherwise } of rules) {
    // What a line writes itself is of the type that it is written in.
    if (value !== undefined || map !== undefined || otherwise !== undefined) continue;
    const made = new Set(fits.filter((fit) => fit.field === field).map(({ makes }) => makes));
    const [only] = made;
    if (made.size === 1 && only) types.set(field, only);
  }
  return types;
}

/**
 * Stops a run whose mapping does not fit, before anything is sent. Asks only where the plan writes fields: a night in
 * which nothing changed costs no request.
 *
 * @throws MappingError with every mismatch
 */
export async function holdTypes(context: RunContext, { summary }: Pick<Plan, 'summary'>): Promise<void> {
  if (summary.create + summary.update + summary.adopt + summary.reactivate === 0) return;
  const mismatches = mismatchesIn(await judgeMapping(context));
  if (mismatches.length > 0) throw new MappingError(context.source.title, context.target.title, mismatches);
}

// A catalogue that may not be read leaves the types unknown; whether the values come is proven by the read itself.
async function offered(source: Source): Promise<readonly SourceField[]> {
  try {
    return await source.fields();
  } catch (error) {
    if (!(error instanceof HrsyncError) || error instanceof InterruptedError) throw error;
    return [];
  }
}
