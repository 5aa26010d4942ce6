import type { Account } from '../../core/account.js';
import type { SourceFieldType } from '../../core/field-type.js';
import { addressIdentity } from '../../http/settings.js';
import { createBatcher } from '../kit/batcher.js';
import type { TargetDefinition } from '../target.js';
import { administratorsAmong } from './administrators.js';
import { FIELDS, TYPES } from './catalogue.js';
import { checkMoodle } from './check.js';
import { createMoodleClient } from './client.js';
import { cohortsIn, createCohorts } from './cohorts.js';
import { connect } from './connection.js';
import { createUserCreator } from './create-users.js';
import { TITLE } from './errors.js';
import { whyWithheld } from './fields.js';
import { createFinder } from './find.js';
import { createLookUp } from './look-up.js';
import { accountFrom, isDeleted, type ReadOptions, shortnamesIn, unshownAccount } from './record.js';
import type { User } from './schema.js';
import { createServiceUsers } from './service-users.js';
import { inviteBy, type MoodleSettings, moodleSettings } from './settings.js';
import { createProof, type Site } from './site.js';
import { createWriter } from './write.js';

/** Moodle by its web service (REST): https://docs.moodle.org/ (Web services) */
export const moodle: TargetDefinition<MoodleSettings> = {
  type: 'moodle',
  title: TITLE,
  fields: FIELDS,
  types: TYPES,
  settings: moodleSettings,
  open(settings, world, rules = []) {
    const client = createMoodleClient(connect(settings, world));
    const lookUp = createLookUp(client, { concurrency: settings.concurrency, log: world.log });
    const serviceUsers = createServiceUsers();
    const admit = createProof(client, lookUp, settings, serviceUsers);
    const cohorts = settings.cohorts === 'own' ? createCohorts(client, settings) : null;
    const creator = createUserCreator(client, lookUp, world);
    let types: ReadonlyMap<string, SourceFieldType> = new Map();
    const flags = new Set(rules.filter(({ type }) => type === 'boolean').map(({ field }) => field));
    const writeRules = {
      managerTo: settings.manager_to,
      isFlag: (field: string) => flags.has(field) || types.get(field) === 'boolean',
    };
    const reading = (site: Site): ReadOptions => ({
      shortnames: shortnamesIn(rules),
      managerTo: settings.manager_to,
      zone: settings.date_zone ?? world.timezone ?? 'UTC',
      isRaw: site.showsRawValues,
      site,
    });
    const finder = createFinder({
      ...{ client, lookUp, world, concurrency: settings.concurrency, mayBeUnderWay: creator.mayBeUnderWay },
      read: async (user) => withoutUnknownRights(accountFrom(user, reading(await admit()))),
    });

    async function whole(account: Account): Promise<Account> {
      if (cohorts === null || !rules.some(({ field }) => field === 'cohorts')) return account;
      return { ...account, fields: { ...account.fields, cohorts: await cohorts.of(account.id) } };
    }

    /** Accounts by id, deleted ones left out. */
    async function read(accountIds: Iterable<string>): Promise<ReadonlyMap<string, Account>> {
      const site = await admit();
      const { users, odd } = await lookUp('id', accountIds);
      const present = users.filter((user: User) => !isDeleted(user));
      const shown = await Promise.all(present.map((user) => whole(accountFrom(user, reading(site)))));
      const unshown = odd.map((id) => unshownAccount(id, reading(site)));
      return new Map([...shown, ...unshown].map((account) => [account.id, account]));
    }

    const by = inviteBy(settings);
    const { invite, ...writer } = createWriter({
      ...{ client, lookUp, creator, finder, cohorts, settings, admit, reading, world },
      rules: writeRules,
    });

    // Whoever asks for many accounts asks for each of them alone.
    const reads = createBatcher<string, Account | null>(async (ids) => {
      const accounts = await read(ids);
      return (id) => accounts.get(id) ?? null;
    });

    return {
      type: 'moodle',
      title: TITLE,
      identity: identityOf(settings.base_url),
      capabilities: {
        inviteByHand: by === 'reset_link',
        externalId: true,
        listShowsAll: cohorts === null,
        customFields: 'unlisted',
        mails: MAILS[by],
        looksUpAtMost: Number.POSITIVE_INFINITY,
        managerBy: 'email',
      },
      concurrency: settings.batch,
      ...writer,
      ...(by === 'reset_link' && { invite }),
      usedUp: () => null,
      withheld: (field) => whyWithheld(field, settings),
      fields: async () => FIELDS,
      async find(keys) {
        await admit();
        return finder.find(keys);
      },
      // biome-ignore lint/correctness/useYield: a list of a Moodle site cannot be relied on, so there is none.
      async *list() {
        throw new Error('a Moodle site is never listed');
      },
      get: (accountId) => reads.during(() => reads.ask(accountId)),
      async inspect(accountIds) {
        const accounts = await read(accountIds);
        const unclear = [...accounts.values()].filter(({ rights }) => rights?.privileged !== true);
        const admins = await administratorsAmong(
          client,
          unclear.map(({ id }) => id),
        );
        const withRights = ([id, account]: readonly [string, Account]): readonly [string, Account] =>
          admins.has(id)
            ? [id, { ...account, rights: { privileged: true, role: 'site administrator' } }]
            : [id, account];
        return new Map([...accounts].map(withRights));
      },
      recall: serviceUsers.recall,
      notes: async () => serviceUsers.notes(),
      expect(told) {
        types = told;
      },
      async missingReferences(fields) {
        if (cohorts === null) return [];
        const wanted = new Set<string>();
        for await (const values of fields) for (const idnumber of cohortsIn(values['cohorts'])) wanted.add(idnumber);
        if (wanted.size === 0) return [];
        await admit();
        const missing = await cohorts.missing(wanted);
        return missing.length === 0
          ? []
          : [`cohorts that Moodle does not have yet and that will be made: ${missing.join(', ')}`];
      },
      check: (fields) => checkMoodle({ client, admit, settings }, fields),
    };
  },
};

// A look-up tells nobody's rights: whoever needs them asks for the account.
function withoutUnknownRights({ rights, ...account }: Account): Account {
  return rights?.privileged === true ? { ...account, rights } : account;
}

/** When Moodle mails: a link to choose a password is a call of its own. */
const MAILS = { password_mail: 'when_asked', reset_link: 'on_request', none: 'never' } as const;

// Several sites may share a host, each below a path of its own.
function identityOf(baseUrl: string): string {
  return `${addressIdentity('moodle', baseUrl)}${new URL(baseUrl).pathname.replace(/\/+$/, '')}`;
}
