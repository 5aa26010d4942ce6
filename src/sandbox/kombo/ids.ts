import { createHash } from 'node:crypto';
import type { Company } from '../company/company.js';
import type { KomboSettings } from './settings.js';

/** Kombo's id of a record: opaque, and always the same for one integration and one id in the HR system. */
export function komboId(integrationId: string, remoteId: string): string {
  const source = `${integrationId} ${remoteId}`;
  const known = made.get(source) ?? makeId(source);
  made.set(source, known);
  return known;
}

// A page names the same few groups and managers over and over.
const made = new Map<string, string>();

function makeId(source: string): string {
  const digest = createHash('sha256').update(source).digest('base64');
  return digest.replace(/[^A-Za-z0-9]/g, '').slice(0, 24);
}

/** Id of a department; of the first one it may be that of the first employee, as ids are unique per model only. */
export function departmentId(id: number, company: Company, settings: KomboSettings): string {
  const shared = settings.sharedId && id === company.departments[0]?.id;
  return komboId(settings.integrationId, shared ? String(company.people[0]?.id) : `department-${id}`);
}
