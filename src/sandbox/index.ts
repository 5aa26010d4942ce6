import { SYSTEMS } from './registry.js';
import { type OptionsOf, type SandboxOf, startSystems } from './server.js';

export type { Company, Person } from './company/company.js';
export type { CompanyEvent } from './company/events.js';
export { NO_MAILBOX } from './company/organisation.js';
export { sandboxConfig } from './config.js';
export { eventFor, HAPPENINGS, type Happened, type Wish } from './control/happenings.js';
export type { FaultOrder } from './faults/fault.js';
export { FAULT_KINDS } from './faults/kinds.js';
export type { Intercept } from './listen.js';
export type { LoggedRequest } from './request-log.js';
export { type AnySandbox, startSystems } from './server.js';

/** What can be chosen about the sandbox of this product; everything has a default. */
export type SandboxOptions = OptionsOf<typeof SYSTEMS>;

type Systems = SandboxOf<typeof SYSTEMS>;

/** Every stand-in of this product. `lms` and `portal` are what two of them hold, by shorter names. */
export type Sandbox = Systems & {
  readonly lms: Systems['learnamp']['academy'];
  readonly portal: Systems['learnupon']['portal'];
};

/** Starts everything; the caller stops it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const systems = await startSystems(SYSTEMS, options);
  return { ...systems, lms: systems.learnamp.academy, portal: systems.learnupon.portal };
}
