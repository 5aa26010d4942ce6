import { UnknownInCompanyError } from './company/change.js';
import { NO_MAILBOX } from './company/organisation.js';
import type { SourceSystem, TargetSystem } from './system.js';

/** What of the systems of a sandbox goes into a config. */
interface Described {
  readonly sources: readonly Pick<SourceSystem, 'name' | 'section' | 'attributes'>[];
  readonly targets: readonly Pick<TargetSystem, 'name' | 'sections'>[];
}

/**
 * A config for two systems of a running sandbox, by their names, ready to be written to a file. The secrets in it open
 * nothing but the sandbox; still they are read from the environment, as they should be in a real one, with what the sandbox
 * accepts as a default.
 */
export function sandboxConfig({ sources, targets }: Described, source: string, target: string): string {
  const { section, attributes } = named(sources, source);
  return `version: 1
name: sandbox
timezone: Europe/Berlin

${section}
${named(targets, target).sections(attributes)}
employees:
  filter:
    - { field: work_email, not_matching: "${NO_MAILBOX}" }

invitations:
  send: on_hire_date
`;
}

function named<System extends { readonly name: string }>(systems: readonly System[], name: string): System {
  const system = systems.find((one) => one.name === name);
  if (system !== undefined) return system;
  const names = systems.map((one) => one.name).join(', ');
  throw new UnknownInCompanyError(`the sandbox has no ${name} on this side; there is ${names}`);
}
