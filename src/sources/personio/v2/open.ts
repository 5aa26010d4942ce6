import type { AdapterWorld } from '../../../http/world.js';
import type { Source, SourceCapabilities } from '../../source.js';
import { createPersonioClient } from '../client.js';
import { type PersonioSettings, paceOf } from '../settings.js';
import { checkPersons } from './check.js';
import { createPersonsClient } from './client.js';
import { offeredFields } from './offered.js';
import { readPersons } from './read.js';
import type { ReadOptions } from './read-options.js';
import { readChangedPersons, readPersonsById } from './read-some.js';
import { whoseEmploymentsChanged } from './who-changed.js';

/** Everybody takes one request for their employments besides, whoever asks for them and how. */
const CAPABILITIES: SourceCapabilities = { peoplePerPage: 1, idsPerRequest: 1 };

/** Opens the reading half of a source on the v2 API. */
export function openV2(settings: PersonioSettings, world: AdapterWorld): Omit<Source, 'type' | 'title' | 'identity'> {
  const client = createPersonsClient(settings, world);
  const v1 = createPersonioClient({ ...settings, api: 'v1' }, world);
  const options: ReadOptions = {
    absentValue: settings.absent_value,
    mayBeEmpty: settings.may_be_empty,
    concurrency: paceOf(settings).concurrency,
    sleep: world.sleep,
  };
  return {
    read: (fields) => readPersons(client, fields, options),
    capabilities: CAPABILITIES,
    readChanged(fields, since) {
      const after = new Date(since.getTime() - settings.changes_overlap_minutes * 60_000);
      const { concurrency } = options;
      const asking = { v1, v2: client, by: settings.changes_by, concurrency };
      return readChangedPersons(client, fields, options, {
        after,
        whoChanged: (instant) => whoseEmploymentsChanged(asking, instant),
      });
    },
    readByIds: (fields, ids) => readPersonsById(client, fields, options, ids),
    fields: () => offeredFields(client),
    clockSkew: () => client.clockSkew() ?? v1.clockSkew(),
    check: (fields) => checkPersons(client, settings.base_url, fields, options),
  };
}
