import { hash } from 'node:crypto';
import { dayIn } from '../../core/day.js';
import type { SourceDefinition } from '../source.js';
import { IDS_PER_REQUEST } from './answers/hires.js';
import { sourceFields } from './catalogue.js';
import { checkBamboohr } from './check.js';
import { createBamboohrClient } from './client.js';
import { openConnection } from './connection.js';
import { bamboohrEvents } from './events.js';
import { TITLE } from './failure.js';
import { NAMES } from './names.js';
import { type ReadOptions, readEmployees } from './read.js';
import { readChanged, readNamed } from './read-some.js';
import { addressOf, type BamboohrSettings, bamboohrSettings } from './settings.js';
import { openWebhooks } from './webhooks.js';

/** A whole read takes about four requests up to 2,500 people, and one more for each further 2,500. */
const PEOPLE_PER_PAGE = 1_000;

/** BambooHR: the list of employees says who is there, and one report brings the values of everybody. */
export const bamboohr: SourceDefinition<BamboohrSettings> = {
  type: 'bamboohr',
  title: TITLE,
  settings: bamboohrSettings,
  names: NAMES,
  events: bamboohrEvents,
  webhooks: openWebhooks,
  open(settings, world) {
    const client = createBamboohrClient(openConnection(settings, world));
    const options: ReadOptions = { ...settings, today: () => dayIn(world.timezone ?? 'UTC', world.now()) };
    return {
      type: 'bamboohr',
      title: TITLE,
      // The company's name stays out of the state and of messages.
      identity: `bamboohr ${hash('sha256', `hrsync bamboohr ${settings.company}`, 'hex').slice(0, 16)}`,
      read: (fields) => readEmployees(client, fields, options),
      capabilities: { peoplePerPage: PEOPLE_PER_PAGE, idsPerRequest: IDS_PER_REQUEST },
      readChanged: (fields, since) => {
        const after = new Date(since.getTime() - settings.changes_overlap_minutes * 60_000);
        return readChanged(client, fields, options, after);
      },
      readByIds: (fields, ids) => readNamed(client, fields, options, ids),
      fields: () => sourceFields(client),
      clockSkew: () => client.clockSkew(),
      check: (fields) => checkBamboohr(client, addressOf(settings), fields, options),
    };
  },
};
