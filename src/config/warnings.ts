import type { Config } from './config.js';

/** Settings that are allowed and yet seldom meant, each as a sentence. */
export function policyWarnings(config: Pick<Config, 'invitations' | 'deactivation' | 'safety' | 'read'>): string[] {
  const { invitations, deactivation, safety, read } = config;
  const warnings: string[] = [];
  if (deactivation.action === 'delete') {
    warnings.push('deactivation.action is delete: accounts and learning records of leavers are gone for good');
  }
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
  if (isNothing(read.minEmployees)) warnings.push('safety.min_employees believes even a read without employees');
  return warnings;
}

function isWhole(limit: Config['safety']['limits']['deactivate']): boolean {
  return limit !== undefined && 'percent' in limit && limit.percent === 100;
}

function isNothing(limit: Config['read']['minEmployees']): boolean {
  return 'percent' in limit ? limit.percent === 0 : limit.count === 0;
}
