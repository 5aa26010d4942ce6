import type { Mails } from '../../core/invitation.js';
import { addressIdentity } from '../../http/settings.js';
import { inspectEach } from '../kit/inspect-each.js';
import type { TargetDefinition } from '../target.js';
import { userNameDiffers } from './body.js';
import { FIELDS, IDENTIFIERS, TYPES } from './catalogue.js';
import { checkScim } from './check.js';
import { createScimClient } from './client.js';
import { connect } from './connection.js';
import { TITLE } from './errors.js';
import { whyWithheld } from './fields.js';
import { createFilters } from './filters.js';
import { createFinder } from './find.js';
import { createGroups, groupNames } from './groups.js';
import { createManagers } from './managers.js';
import { readingOf } from './reading.js';
import { accountFrom } from './record.js';
import { type ScimSettings, scimSettings } from './settings.js';
import { createWriter } from './write.js';

/** SCIM asks for no mail, so what hrsync may count on is what the portal does by itself. */
const MAILS: Readonly<Record<ScimSettings['mails_on'], Mails>> = {
  never: 'never',
  create: 'at_creation',
  activate: 'at_activation',
  reactivate: 'at_reactivation',
};

/** Any LMS that offers SCIM 2.0: https://www.rfc-editor.org/rfc/rfc7643 and https://www.rfc-editor.org/rfc/rfc7644 */
export const scim: TargetDefinition<ScimSettings> = {
  type: 'scim',
  title: TITLE,
  fields: FIELDS,
  identifiers: IDENTIFIERS,
  types: TYPES,
  settings: scimSettings,
  setup: {
    reaches: ['Absorb', 'Litmos', 'TalentLMS', 'Udemy', 'Udemy Business', 'SCIM 2.0'],
    logins: [
      { title: 'token', settings: ['token'] },
      { title: 'user name and password', settings: ['username', 'password'] },
    ],
  },
  credentialName: ({ oauth, username }) => oauth?.client_id ?? username ?? '',
  open(settings, world, rules) {
    const client = createScimClient(connect(settings, world));
    const reading = readingOf(settings, rules);
    const filters = createFilters(client, settings);
    const groups = createGroups(client, reading);
    const managers = createManagers(client, settings);
    return {
      type: 'scim',
      title: TITLE,
      // Many customers of one vendor share a host and differ in the path.
      identity: `${addressIdentity('scim', settings.base_url)}${new URL(settings.base_url).pathname}`,
      capabilities: {
        inviteByHand: false,
        externalId: settings.external_id === 'write',
        // Some servers show the groups of a user in a single read only.
        listShowsAll: settings.groups === 'off',
        customFields: 'unlisted',
        opensLater: settings.mails_on === 'activate',
        mails: MAILS[settings.mails_on],
        endsBy: settings.deactivate === 'delete' ? 'deletion' : 'deactivation',
        managerBy: reading.managerByAddress ? 'email' : 'account',
      },
      concurrency: settings.concurrency,
      ...createWriter({ client, groups, managers, reading, log: world.log }),
      ...createFinder(client, filters, reading, world.log),
      usedUp: client.usedUp,
      withheld: (field) => whyWithheld(field, settings),
      writesOnce: (field) => field === 'user_name' && settings.user_name_changes === 'refuse',
      leaves(known, wanted) {
        const isKept = settings.user_name_changes === 'refuse' && userNameDiffers(known, wanted, reading);
        return isKept ? { what: 'the user name', setting: 'target.user_name_changes: refuse' } : null;
      },
      fields: () => Promise.resolve(FIELDS),
      async get(accountId) {
        const user = await client.user(accountId);
        return user === null ? null : accountFrom(user, reading);
      },
      inspect(accountIds) {
        return inspectEach(accountIds, settings.concurrency, (id) => this.get(id));
      },
      async missingReferences(fields) {
        if (settings.groups === 'off') return [];
        const names = new Set<string>();
        for await (const values of fields) for (const name of groupNames(values['groups'])) names.add(name);
        const missing = await groups.missing(names);
        return missing.length === 0
          ? []
          : [`groups that the LMS does not have yet and that will be made: ${missing.join(', ')}`];
      },
      check: (fields) => checkScim({ client, filters, reading, rules: rules ?? [] }, fields),
    };
  },
};
