import { Learning360 } from '../../support/learning360.js';
import type { Open, Stage } from './situation.js';

export interface Stage360 extends Stage {
  readonly learning: Learning360;
}

/** Opens a stage with 360Learning, one person at a time. */
export const on360Learning: Open<Stage360> = async (connect, company, intercept) => {
  const learning = await Learning360.open(connect, {
    people: company.size,
    intercept,
    config: { target: { writes_at_once: 1, concurrency: 1 }, safety: { min_population: 50 } },
  });
  const { connector, platform } = learning;
  const { requests } = connector.sandbox['360learning'];
  return {
    connector,
    learning,
    save() {
      const saved = platform.save();
      return () => platform.restoreContents(saved);
    },
    portrait: () => portraitOf(learning),
    takeRequests() {
      // People without a group are looked up again each night: the group may have been made since.
      const taken = requests.list().filter(({ route }) => route !== 'token' && route !== 'groups.list');
      requests.clear();
      return taken;
    },
  };
};

function portraitOf({ platform }: Learning360): object {
  const nameOf = (id: string) => platform.externalIdOf(id, 'hrsync') ?? platform.users.get(id)?.mail;
  const users = [...platform.users.values()].map(({ id, writes, deletedAt, reactivatedAt, ...user }) => ({
    ...user,
    employee: nameOf(id),
    // Whom no employee stands for must not be written at all.
    untouched: platform.externalIdOf(id, 'hrsync') === null ? writes : null,
    managers: [...platform.managersOf(id)].map(nameOf).sort(),
    roles: platform.rolesOf(id),
    values: [...platform.valuesOf(id)].map(([field, value]) => [platform.customFields.get(field)?.name, value]).sort(),
  }));
  return {
    users: users.toSorted((one, other) => String(one.mail).localeCompare(String(other.mail))),
    fields: [...platform.customFields.values()].map(({ name, type }) => `${name} ${type}`).sort(),
    mails: platform.mails.map(({ to }) => to).sort(),
  };
}
