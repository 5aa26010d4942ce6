import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import { dayIn } from '../../core/day.js';
import { addressIdentity } from '../../http/settings.js';
import { inspectEach } from '../kit/inspect-each.js';
import type { TargetDefinition, TargetField } from '../target.js';
import { FIELDS, TYPES } from './catalogue.js';
import { checkLearnUpon } from './check.js';
import { createLearnUponClient } from './client.js';
import { connect } from './connection.js';
import { toldOf } from './custom-data.js';
import { type CustomFields, rememberCustomFields } from './definitions.js';
import { TITLE } from './errors.js';
import { whyWithheld } from './fields.js';
import { findAccounts } from './find.js';
import { createGroups, groupTitles } from './groups.js';
import { cannotWithdraw, isInvite, listedInvites } from './invite.js';
import { accountFrom } from './record.js';
import { type LearnUponSettings, learnuponSettings } from './settings.js';
import { createWriter } from './write.js';

/** LearnUpon by its REST API: https://docs.learnupon.com/api/ */
export const learnupon: TargetDefinition<LearnUponSettings> = {
  type: 'learnupon',
  title: TITLE,
  fields: FIELDS,
  types: TYPES,
  settings: learnuponSettings,
  toldType({ custom_data }, field) {
    if (!field.startsWith(CUSTOM_FIELD_PREFIX)) return null;
    return toldOf(field.slice(CUSTOM_FIELD_PREFIX.length), custom_data)?.type === 'multi_choice'
      ? 'multi_choice'
      : null;
  },
  open(settings, world) {
    const connection = connect(settings, world);
    const client = createLearnUponClient(connection);
    const customFields = rememberCustomFields(client, settings);
    const groups = createGroups(client, settings);
    const { admit } = connection;
    const reading = async () => ({
      custom: await customFields(),
      settings,
      today: dayIn(world.timezone ?? 'UTC', world.now()),
    });
    return {
      type: 'learnupon',
      title: TITLE,
      identity: addressIdentity('learnupon', settings.base_url),
      capabilities: {
        inviteByHand: false,
        externalId: settings.employee_id_field !== undefined,
        listShowsAll: settings.groups === 'off',
        customFields: 'listed',
        pendingInvites: settings.invite_strategy === 'invite',
        opensLater: settings.invite_strategy === 'create_disabled_then_enable',
        managerBy: 'email',
      },
      concurrency: settings.concurrency,
      ...createWriter({ client, groups, settings, reading, admit, world }),
      usedUp: connection.usedUp,
      withheld: (field) => whyWithheld(field, settings),
      fields: async () => [...FIELDS, ...offered(await customFields(), settings)],
      async find(keys) {
        admit();
        const known = await reading();
        return findAccounts(client, keys, {
          concurrency: settings.concurrency,
          read: (user) => accountFrom(user, known),
        });
      },
      async *list() {
        admit();
        const known = await reading();
        for await (const users of client.users()) yield users.map((user) => accountFrom(user, known));
      },
      async get(accountId) {
        if (isInvite(accountId)) return null;
        admit();
        const user = await client.user(accountId);
        if (user === null) return null;
        const account = accountFrom(user, await reading());
        if (settings.groups === 'off') return account;
        return { ...account, fields: { ...account.fields, groups: await groups.of(accountId) } };
      },
      inspect(accountIds) {
        return inspectEach(accountIds, settings.concurrency, async (id) => {
          const account = await this.get(id);
          return account === null ? null : { rights: { privileged: null, role: null }, ...account };
        });
      },
      async missingReferences(fields) {
        if (settings.groups === 'off') return [];
        const titles = new Set<string>();
        for await (const values of fields) for (const title of groupTitles(values['groups'])) titles.add(title);
        const missing = await groups.missing(titles);
        if (missing.length === 0) return [];
        const fate = settings.groups_missing === 'create' ? 'will be made' : 'must be made by hand';
        return [`groups that LearnUpon does not have yet and that ${fate}: ${missing.join(', ')}`];
      },
      ...(settings.portal_invites_listed ? listedInvites(client) : { withdraw: cannotWithdraw }),
      check: (fields) => checkLearnUpon(client, customFields, fields, settings),
    };
  },
};

// What hrsync fills itself is not for the mapping.
function offered(custom: CustomFields, { employee_id_field, manager_to }: LearnUponSettings): readonly TargetField[] {
  const taken = [employee_id_field, manager_to].flatMap((label) => (label === undefined ? [] : custom.find(label)));
  return custom.all
    .filter((field) => !taken.includes(field))
    .map(({ label, type, choices }) => ({
      name: `${CUSTOM_FIELD_PREFIX}${label}`,
      type,
      required: false,
      // A mapping says yes or no; which texts stand for that is settled here.
      choices: type === 'boolean' ? null : choices,
    }));
}
