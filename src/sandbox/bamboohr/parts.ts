import type { Company } from '../company/company.js';
import type { StandInEnvironment } from '../stand-in.js';
import type { ApiKey, BambooHRSettings } from './settings.js';

/** What is shown, and how: the company and the settings, both read anew at every request. */
export interface CompanyView {
  readonly company: Company;
  readonly settings: BambooHRSettings;
}

/** What the routes share. */
export interface BambooHRParts extends CompanyView {
  readonly now: () => Date;
}

/** What handlers behind the key check know about the caller. */
export interface BambooHREnvironment extends StandInEnvironment {
  Variables: { key: ApiKey };
}
