import type { KnownPeople, SourceDefinition } from '../source.js';
import { TITLE } from './broken.js';
import { checkFile, fieldsOf, lookOffline } from './check.js';
import { proposeSettings } from './propose.js';
import { readPeople } from './read.js';
import { sampleOf } from './sample.js';
import { type CsvSettings, csvSettings } from './settings.js';
import { markOfWhole } from './whole.js';

/** Number of people that one read of the file brings: all of them. */
const EVERYBODY = 1_000_000_000;

/** A file that an HR system or a payroll writes. */
export const csv: SourceDefinition<CsvSettings> = {
  type: 'csv',
  title: TITLE,
  settings: csvSettings,
  paths: ['path'],
  setup: {
    reaches: ['DATEV', 'ADP', 'Excel', 'UKG', 'SAP HCM', 'SAP', 'CSV'],
    look: { setting: 'path', at: proposeSettings },
  },
  lookOffline,
  sample: sampleOf,
  open(settings, world) {
    let known: KnownPeople | null = null;
    const read = (fields: readonly string[], ids: readonly string[] | null) =>
      readPeople(settings, { ...world, known }, fields, ids);
    return {
      type: 'csv',
      title: TITLE,
      // Files move and change their names; whose they are shows in the people they hold (safety.min_known).
      identity: 'csv',
      givesChangesOnly: settings.mode === 'changes',
      meet(people) {
        known = people;
      },
      read: (fields) => read(fields, null),
      // No readChanged: the file is read whole anyway.
      capabilities: { peoplePerPage: EVERYBODY, idsPerRequest: EVERYBODY },
      readByIds: read,
      stamp: () => markOfWhole(settings, world.now()),
      fields: () => fieldsOf(settings, world),
      check: (fields) => checkFile(settings, world, fields),
    };
  },
};
