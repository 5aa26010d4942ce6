import { addressIdentity } from '../../http/settings.js';
import type { SourceDefinition } from '../source.js';
import { sourceFields } from './catalogue.js';
import { IDS_PER_REQUEST } from './changes.js';
import { checkKombo } from './check.js';
import { createKomboClient, PAGE_SIZE } from './client.js';
import { komboEvents } from './events.js';
import { TITLE } from './failure.js';
import { NAMES } from './names.js';
import { lookOffline } from './offline.js';
import { readEmployees } from './read.js';
import { readChanged, readNamed } from './read-some.js';
import { addressOf, type KomboSettings, komboSettings } from './settings.js';
import { askOffer } from './supply.js';

/** Kombo's unified HRIS API, which speaks to Workday, HiBob, Personio and many more; of each record only what is needed is kept. */
export const kombo: SourceDefinition<KomboSettings> = {
  type: 'kombo',
  title: TITLE,
  settings: komboSettings,
  names: NAMES,
  // Some of the connectors below https://docs.kombo.dev/hris/connectors, and short names for them.
  setup: {
    reaches: ['Workday', 'SAP SuccessFactors', 'HiBob', 'SuccessFactors', 'Bob', 'SD Worx', 'Kenjo', 'Planday'],
  },
  lookOffline: (_, needed) => lookOffline(needed),
  events: komboEvents,
  open(settings, world) {
    const client = createKomboClient(settings, world);
    const address = addressOf(settings);
    const { may_be_empty: mayBeEmpty, status } = settings;
    const optionsFor = (fields: readonly string[]) => ({ fields, mayBeEmpty, statuses: status.map, log: world.log });
    return {
      type: 'kombo',
      title: TITLE,
      // Kombo makes the ids of people from that of the integration: another one knows the same people by other ids.
      identity: `${addressIdentity('kombo', address)} ${settings.integration_id}`,
      read: (fields) => readEmployees(client, optionsFor(fields)),
      capabilities: { peoplePerPage: PAGE_SIZE, idsPerRequest: IDS_PER_REQUEST },
      readChanged: (fields, since) => {
        const after = new Date(since.getTime() - settings.changes_overlap_minutes * 60_000);
        return readChanged(client, optionsFor(fields), after);
      },
      readByIds: (fields, ids) => readNamed(client, optionsFor(fields), ids),
      fields: async () => sourceFields(await askOffer(client, 'all')),
      clockSkew: () => client.clockSkew(),
      check: (fields) => checkKombo(client, address, fields),
    };
  },
};
