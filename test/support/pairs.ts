import { sandboxConfig } from '../../src/sandbox/config.js';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import type { Connect, Connector, ConnectorOptions } from './connector.js';

export type Source = (typeof SOURCES)[number][1];
export type Target = (typeof TARGETS)[number];

/** An HR system: its name, its type, what its config has besides, and the route that lists its people. */
export type PairSource = readonly [name: string, source: Source, further: string, route: string];

/** Each source: its name, its type, what its config has besides, and the route that lists its people. */
export const SOURCES = [
  ['Personio v1', 'personio', '', 'employees'],
  ['Personio v2', 'personio', '  api: v2\n', 'persons'],
  ['Kombo', 'kombo', '', 'employees'],
  ['BambooHR', 'bamboohr', '', 'report'],
] as const;
/** Each target. */
export const TARGETS = ['learnamp', '360learning', 'learnupon', 'scim', 'moodle'] as const;

/** Further lines of a target's config: a second pace, and mails that make newcomers wait for their day as everywhere else. */
const FURTHER: Readonly<Partial<Record<Target, string>>> = {
  '360learning': '  reads_per_second: 1000\n',
  scim: '  mails_on: create\n',
};

/** The config that "hrsync sandbox --write-config" writes, paced by nothing. */
export function unpacedConfig(
  sandbox: Parameters<typeof sandboxConfig>[0],
  [, source, further]: readonly [name: string, source: string, further: string, ...rest: readonly unknown[]],
  target: Target,
  more = '',
): string {
  return sandboxConfig(sandbox, source, target)
    .replace(/ +requests_per_second:.*\n/g, '')
    .replace(/^source:\n/m, `source:\n  requests_per_second: 1000\n${further}`)
    .replace(/^target:\n/m, `target:\n  requests_per_second: 1000\n${FURTHER[target] ?? ''}${more}`)
    .replace('Europe/Berlin', 'Etc/UTC');
}

/** The addresses of those who can use the LMS, or have been invited to it; each as often as there is an account of it. */
export function members({ sandbox, lms }: Connector, target: Target): readonly string[] {
  switch (target) {
    case 'learnamp':
      return lms.list().flatMap(({ email, status }) => (status === 'deactivated' ? [] : [email]));
    case '360learning':
      return [...sandbox['360learning'].platform.users.values()].flatMap(({ mail, status }) =>
        status === 'deleted' || !mail ? [] : [mail],
      );
    case 'learnupon':
      return [
        ...sandbox.portal.list().flatMap(({ email, enabled }) => (enabled && email !== null ? [email] : [])),
        ...[...sandbox.portal.invites.values()].flatMap(({ email, status }) => (status === 'sent' ? [email] : [])),
      ];
    case 'scim':
      return [...sandbox.scim.directory.users.values()].flatMap(({ canSignIn, values }) =>
        canSignIn ? [String(values['userName'])] : [],
      );
    case 'moodle':
      return sandbox.moodle.site.list().flatMap((user) => (user.deleted || user.suspended ? [] : [user.email]));
  }
}

/** A sandbox of stand-ins that nothing paces. */
export const UNPACED: SandboxOptions = {
  personio: {
    ...{ employeesPerMinute: null, employeesPerSecond: null, authPerMinute: null },
    ...{ personsRefillPerSecond: null, otherRefillPerSecond: null },
  },
  kombo: { requestsPerMinute: null },
  '360learning': { readsPerSecond: null, writesPerSecond: null },
};

/** Opens a connector of a source and a target, paced by nothing; `more` are lines for the target's config. */
export async function connectPair(
  connect: Connect,
  source: PairSource,
  target: Target,
  sandbox: ConnectorOptions['sandbox'],
  more = '',
): Promise<Connector> {
  const connector = await connect({ sandbox: { ...UNPACED, ...sandbox } });
  await connector.configure(unpacedConfig(connector.sandbox, source, target, more));
  return connector;
}
