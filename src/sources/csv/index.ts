import type { SourceDefinition } from '../source.js';
import { TITLE } from './broken.js';
import { checkFile, fieldsOf, lookOffline } from './check.js';
import { proposeSettings } from './propose.js';
import { readPeople } from './read.js';
import { type CsvSettings, csvSettings } from './settings.js';

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
  open(settings, world) {
    return {
      type: 'csv',
      title: TITLE,
      // Files move and change their names; whose they are shows in the people they hold (safety.min_known).
      identity: 'csv',
      givesChangesOnly: settings.mode === 'changes',
      read: (fields) => readPeople(settings, world, fields),
      // No readChanged: the file is read whole anyway, and a run between nights notices a new one.
      capabilities: { peoplePerPage: EVERYBODY, idsPerRequest: EVERYBODY },
      readByIds: (fields, ids) => readPeople(settings, world, fields, ids),
      fields: () => fieldsOf(settings, world),
      check: (fields) => checkFile(settings, world, fields),
    };
  },
};
