import type { Config } from './config.js';

type PolicyParts = Pick<Config, 'rollout' | 'invitations' | 'deactivation' | 'safety' | 'read' | 'mapping' | 'target'>;

/** Settings that are allowed and yet seldom meant, each as a sentence. */
export function policyWarnings(config: PolicyParts): string[] {
  const { invitations, deactivation, safety, read } = config;
  const warnings: string[] = [];
  if (deactivation.action === 'delete') {
    warnings.push('deactivation.action is delete: accounts and learning records of leavers are gone for good');
  }
  if (deactivation.deleteAfter !== null) warnings.push(...deletionWarnings(deactivation.deleteAfter, config));
  if (invitations.daysBefore > 60) {
    warnings.push(`invitations.days_before is ${invitations.daysBefore}: invitations may expire before the first day`);
  }
  if (invitations.daysBefore > 0 && invitations.send !== 'on_hire_date') {
    warnings.push(`invitations.days_before does nothing while send is ${invitations.send}`);
  }
  if (invitations.createEarly && invitations.send === 'immediately') {
    warnings.push('target.create_early does nothing while invitations.send is immediately');
  }
  if (isWhole(safety.limits.deactivate)) warnings.push('safety.max_deactivations lets one run deactivate everybody');
  if (isWhole(safety.limits.delete)) warnings.push('safety.max_deletions lets one run delete everybody');
  warnings.push(...rightsWarnings(config));
  if (!config.rollout.deactivate) warnings.push('rollout.deactivate is off: accounts of leavers stay open');
  if (isNothing(read.minEmployees)) warnings.push('safety.min_employees believes even a read without employees');
  return warnings;
}

function deletionWarnings(days: number, { deactivation, safety }: PolicyParts): readonly string[] {
  const key = 'deactivation.delete_after';
  return [
    `${key}: accounts that hrsync closed ${days} days ago are deleted for good, with their learning record`,
    ...(days < 30 ? [`${key} is ${days}d: a mistake in HR that is found later than that cannot be undone`] : []),
    ...(deactivation.action === 'delete'
      ? [`${key} concerns only accounts of earlier runs while deactivation.action is delete`]
      : []),
    ...(safety.limits.delete === undefined ? [`${key} has no limit without safety.max_deletions`] : []),
  ];
}

// Lines of the mapping that give rights in the LMS.
function rightsWarnings({ mapping, target }: PolicyParts): string[] {
  const fields = new Map(target.definition.fields.map((field) => [field.name, field]));
  return mapping.flatMap(({ field, value, map, default: otherwise, from }) => {
    const { givesRights = false, learnerValues } = fields.get(field) ?? {};
    if (!givesRights) return [];
    const isMore = (given: unknown) => learnerValues !== undefined && !learnerValues.includes(String(given));
    if (value !== undefined) return isMore(value) ? [`mapping.${field} gives everybody the rights of ${value}`] : [];
    const whom = map === undefined ? 'without a value in HR' : 'whom its map does not list';
    const open = `mapping.${field} gives the rights of ${otherwise} to everybody ${whom}: choose a default that gives none`;
    const unmapped = `mapping.${field} has no map, and no text of HR gives rights by itself: who has a value in ${from.join(' or ') || 'the template'} is skipped until mapping.${field}.map lists it`;
    return [...(otherwise !== undefined && isMore(otherwise) ? [open] : []), ...(map === undefined ? [unmapped] : [])];
  });
}

function isWhole(limit: Config['safety']['limits']['deactivate']): boolean {
  return limit !== undefined && 'percent' in limit && limit.percent === 100;
}

function isNothing(limit: Config['read']['minEmployees']): boolean {
  return 'percent' in limit ? limit.percent === 0 : limit.count === 0;
}
