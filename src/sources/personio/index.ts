import { addressIdentity } from '../../http/settings.js';
import type { SourceDefinition } from '../source.js';
import { sourceFields } from './catalogue.js';
import { checkPersonio } from './check.js';
import { createPersonioClient } from './client.js';
import { TITLE } from './failure.js';
import { readEmployees } from './read.js';
import { type PersonioSettings, personioSettings } from './settings.js';

/** Personio by its v1 API: whole employees, a hundred a page; of each, only what is needed is kept. */
export const personio: SourceDefinition<PersonioSettings> = {
  type: 'personio',
  title: TITLE,
  settings: personioSettings,
  open(settings, world) {
    const client = createPersonioClient(settings, world);
    return {
      type: 'personio',
      title: TITLE,
      identity: addressIdentity('personio', settings.base_url),
      read: (fields) => readEmployees(client, fields, world.log),
      fields: async () => sourceFields(await client.attributes()),
      check: (fields) => checkPersonio(client, settings.base_url, fields),
    };
  },
};
