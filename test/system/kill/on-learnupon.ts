import type { Sandbox } from '../../../src/sandbox/index.js';
import { connectPortal, type PortalOptions } from '../../support/learnupon.js';
import type { Open, Stage } from './situation.js';

/** Opens a stage with LearnUpon that shows its invitations, one person at a time. */
export function onLearnUpon({ target, mapping, config }: PortalOptions): Open<Stage> {
  return async (connect, company, intercept) => {
    const connector = await connectPortal(connect, {
      sandbox: { company, intercept, learnupon: { portalInvitesListed: true } },
      target: { portal_invites_listed: true, concurrency: 1, ...target },
      mapping,
      config: { safety: { min_population: 50 }, ...config },
    });
    const { portal, learnupon } = connector.sandbox;
    return {
      connector,
      save() {
        const saved = portal.save();
        return () => portal.restore(saved);
      },
      portrait: () => portraitOf(connector.sandbox),
      // Whoever has not accepted yet is looked for every night.
      takeRequests() {
        const writes = [...learnupon.requests.writes()];
        learnupon.requests.clear();
        return writes;
      },
    };
  };
}

/** Everything that LearnUpon holds, without the numbers, times and passwords that no two runs share. */
function portraitOf({ portal }: Sandbox): object {
  const users = portal.list().map(({ id, createdAt, updatedAt, password, ...user }) => ({
    ...user,
    hasOwnPassword: password === 'their own',
    groups: portal
      .groupsOf(id)
      .map(({ title }) => title)
      .sort(),
  }));
  const invites = [...portal.invites.values()].map(({ id, createdAt, ...invite }) => invite);
  const byAddress = (one: { readonly email: string | null }, other: { readonly email: string | null }) =>
    String(one.email).localeCompare(String(other.email));
  return {
    users: users.toSorted(byAddress),
    invites: invites.toSorted(byAddress),
    groups: [...portal.groups.values()].map(({ title }) => title).sort(),
    mails: portal.mails.map(({ to, kind }) => `${kind} to ${to}`).sort(),
  };
}
