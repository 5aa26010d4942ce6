import { addressIdentity } from '../../http/settings.js';
import type { AdapterWorld } from '../../http/world.js';
import type { Source, SourceDefinition } from '../source.js';
import { sourceFields } from './catalogue.js';
import { checkPersonio } from './check.js';
import { createPersonioClient } from './client.js';
import { personioEvents } from './events.js';
import { TITLE } from './failure.js';
import { refuseLacking } from './findings.js';
import { OTHER_NAMES } from './names.js';
import { PAGE_SIZE, readEmployees } from './read.js';
import { readNamed } from './read-named.js';
import { type PersonioSettings, personioSettings } from './settings.js';
import { openV2 } from './v2/open.js';
import { openWebhooks } from './webhooks.js';

/**
 * Personio by its v1 API (whole employees, a hundred a page) or its v2 API (persons, fifty a page, and the employments of
 * each); of what comes, only what is needed is kept. Both give the same people under the same ids, so a state file
 * belongs to the account and not to the version.
 */
export const personio: SourceDefinition<PersonioSettings> = {
  type: 'personio',
  title: TITLE,
  settings: personioSettings,
  credentialName: ({ client_id }) => client_id,
  names: OTHER_NAMES,
  // Addresses that Personio makes up for people without one: nobody reads them.
  filter: ['{ field: work_email, not_matching: "-personio-login@" }'],
  events: personioEvents,
  webhooks: openWebhooks,
  open(settings, world) {
    return {
      type: 'personio',
      title: TITLE,
      identity: addressIdentity('personio', settings.base_url),
      ...refusing(settings.api === 'v2' ? openV2(settings, world) : openV1(settings, world)),
    };
  },
};

type Reading = Omit<Source, 'type' | 'title' | 'identity'>;

// Before anything is asked: Personio would answer as if a right were missing.
function refusing(source: Reading): Reading {
  const { read, readChanged, readByIds } = source;
  return {
    ...source,
    async *read(fields) {
      refuseLacking(fields);
      return yield* read(fields);
    },
    ...(readChanged && {
      async *readChanged(fields: readonly string[], since: Date) {
        refuseLacking(fields);
        return yield* readChanged(fields, since);
      },
    }),
    ...(readByIds && {
      async *readByIds(fields: readonly string[], ids: readonly string[]) {
        refuseLacking(fields);
        return yield* readByIds(fields, ids);
      },
    }),
  };
}

function openV1(settings: PersonioSettings, world: AdapterWorld): Reading {
  const client = createPersonioClient(settings, world);
  return {
    read: (fields) => readEmployees(client, fields, world.log),
    capabilities: { peoplePerPage: PAGE_SIZE, idsPerRequest: 1 },
    readChanged: (fields, since) => {
      const from = since.getTime() - settings.changes_overlap_minutes * 60_000;
      return readEmployees(client, fields, world.log, new Date(from).toISOString().slice(0, 19));
    },
    readByIds: (fields, ids) => readNamed(client, fields, ids, world.log),
    fields: async () => sourceFields(await client.attributes()),
    clockSkew: () => client.clockSkew(),
    check: (fields) => checkPersonio(client, settings.base_url, fields),
  };
}
