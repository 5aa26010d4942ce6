export type { Platform } from './360learning/platform.js';
export type { LmsUser } from './360learning/user.js';
export type { Company, Person } from './company/company.js';
export type { CompanyEvent } from './company/events.js';
export type { FaultOrder } from './faults/fault.js';
export type { Account } from './learnamp/account.js';
export type { Intercept } from './listen.js';
export type { LoggedRequest } from './request-log.js';
export { type Sandbox, type SandboxOptions, startSandbox } from './server.js';
