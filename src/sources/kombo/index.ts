import { addressIdentity } from '../../http/settings.js';
import type { SourceDefinition } from '../source.js';
import { sourceFields } from './catalogue.js';
import { checkKombo } from './check.js';
import { createKomboClient } from './client.js';
import { TITLE } from './failure.js';
import { readEmployees } from './read.js';
import { addressOf, type KomboSettings, komboSettings } from './settings.js';
import { askOffer } from './supply.js';

/** Kombo's unified HRIS API, which speaks to Workday, HiBob, Personio and many more; of each record only what is needed is kept. */
export const kombo: SourceDefinition<KomboSettings> = {
  type: 'kombo',
  title: TITLE,
  settings: komboSettings,
  open(settings, world) {
    const client = createKomboClient(settings, world);
    const address = addressOf(settings);
    return {
      type: 'kombo',
      title: TITLE,
      // Kombo makes the ids of people from that of the integration: another one knows the same people by other ids.
      identity: `${addressIdentity('kombo', address)} ${settings.integration_id}`,
      read: (fields) => readEmployees(client, { fields, mayBeEmpty: settings.may_be_empty, log: world.log }),
      fields: async () => sourceFields(await askOffer(client, 'all')),
      check: (fields) => checkKombo(client, address, fields),
    };
  },
};
