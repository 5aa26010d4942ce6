import { beforeAll, describe } from 'vitest';
import { makeDatabase, NO_POSTGRES, type TestDatabase } from '../../support/postgres.js';
import { makePostgresPlace } from './postgres-place.js';
import { describeStore } from './store-contract.js';

describe.skipIf(NO_POSTGRES !== null)('a state in PostgreSQL', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await makeDatabase();
  });

  describeStore('PostgreSQL', async () => makePostgresPlace(database));
});
