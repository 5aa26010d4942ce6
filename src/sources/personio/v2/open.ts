import type { AdapterWorld } from '../../../http/world.js';
import type { Source } from '../../source.js';
import { type PersonioSettings, paceOf } from '../settings.js';
import { checkPersons } from './check.js';
import { createPersonsClient } from './client.js';
import { offeredFields } from './offered.js';
import { type ReadOptions, readPersons } from './read.js';

/** Opens the reading half of a source on the v2 API. */
export function openV2(settings: PersonioSettings, world: AdapterWorld): Pick<Source, 'read' | 'fields' | 'check'> {
  const client = createPersonsClient(settings, world);
  const options: ReadOptions = {
    absentValue: settings.absent_value,
    mayBeEmpty: settings.may_be_empty,
    concurrency: paceOf(settings).concurrency,
    sleep: world.sleep,
  };
  return {
    read: (fields) => readPersons(client, fields, options),
    fields: () => offeredFields(client),
    check: (fields) => checkPersons(client, settings.base_url, fields, options),
  };
}
