import { addressIdentity } from '../../http/settings.js';
import { inspectEach } from '../kit/inspect-each.js';
import type { Target, TargetDefinition } from '../target.js';
import { FIELDS, TYPES } from './catalogue.js';
import { checkLearnAmp } from './check.js';
import { createLearnAmpClient, type LearnAmpClient } from './client.js';
import { TITLE } from './errors.js';
import { whyWithheld } from './fields.js';
import { createFind } from './find.js';
import { accountFrom, rightsOf, teamNamesIn } from './record.js';
import { type LearnAmpSettings, learnampSettings } from './settings.js';
import { createTeams } from './teams.js';
import { createWriter } from './write.js';

/** Learn Amp by its REST API: https://developers.learnamp.com/ */
export const learnamp: TargetDefinition<LearnAmpSettings> = {
  type: 'learnamp',
  title: TITLE,
  fields: FIELDS,
  types: TYPES,
  settings: learnampSettings,
  credentialName: ({ client_id }) => client_id,
  open(settings, world) {
    const client = createLearnAmpClient(settings, world);
    const teams = createTeams(client);
    return {
      type: 'learnamp',
      title: TITLE,
      identity: addressIdentity('learnamp', settings.base_url),
      capabilities: {
        inviteByHand: settings.invite_call !== undefined,
        externalId: settings.external_ids,
        listShowsAll: true,
        customFields: 'unlisted',
        managerBy: settings.manager_key === 'email' ? 'email' : 'account',
      },
      concurrency: settings.concurrency,
      ...createWriter(client, teams, settings, world.log),
      usedUp: client.usedUp,
      withheld: (field) => whyWithheld(field, settings),
      fields: () => Promise.resolve(FIELDS),
      find: createFind(client, settings),
      async *list() {
        for await (const users of client.users()) yield users.map(accountFrom);
      },
      async get(accountId) {
        const user = await client.user(accountId);
        return user === null ? null : accountFrom(user);
      },
      inspect: (accountIds) =>
        inspectEach(accountIds, settings.concurrency, async (id) => {
          const user = await client.user(id);
          return user === null ? null : { ...accountFrom(user), rights: rightsOf(user) };
        }),
      async missingReferences(fields) {
        const names = new Set<string>();
        for await (const values of fields) for (const name of teamNamesIn(values)) names.add(name);
        const missing = await teams.missing(names);
        return missing.length === 0
          ? []
          : [`teams that Learn Amp does not have yet and that will be made: ${missing.join(', ')}`];
      },
      // Learn Amp documents no call that mails an invitation, so there is one only where the config names it.
      ...(settings.invite_call !== undefined && inviting(client, settings.invite_call)),
      check: (fields) => checkLearnAmp(client, fields, settings),
    };
  },
};

function inviting(client: LearnAmpClient, call: NonNullable<LearnAmpSettings['invite_call']>): Pick<Target, 'invite'> {
  return { invite: async (accountId) => void (await client.inviteUser(accountId, call)) };
}
