import { type Sandbox, startSandbox } from '../../../src/sandbox/index.js';
import { personio } from '../../../src/sources/personio/index.js';
import { keyOf } from '../../../src/sources/personio/names.js';
import type { Source } from '../../../src/sources/source.js';
import { describeSource } from './source-contract.js';
import { type SourceStage, testWorld } from './stage.js';

const NO_LIMITS = { authPerMinute: null, personsRefillPerSecond: null, otherRefillPerSecond: null } as const;

function openOn({ personio: { url, clientId, clientSecret } }: Sandbox, changes: object = {}): Source {
  const credentials = { client_id: clientId, client_secret: clientSecret, api: 'v2' };
  const settings = personio.settings.parse({ ...credentials, base_url: url, requests_per_second: 10_000, ...changes });
  return personio.open(settings, testWorld);
}

async function setUp(): Promise<SourceStage> {
  const sandbox = await startSandbox({ company: { size: 60, seed: 7, today: '2026-11-20' }, personio: NO_LIMITS });
  return {
    company: sandbox.company,
    system: sandbox.personio,
    routes: { employees: 'persons', attributes: 'employments' },
    attributeOf: keyOf,
    refusals: [
      { errors: [{ title: 'Insufficient access scope', detail: 'Client scope insufficient to access resource' }] },
      { error: { message: 'Unauthorized Request' } },
      { _data: null },
      { success: true, data: [] },
    ],
    open: ({ credentials, url = sandbox.personio.url } = {}) =>
      openOn(sandbox, { base_url: url, ...(credentials === 'wrong' && { client_secret: 'wrong' }) }),
    stop: sandbox.stop,
  };
}

describeSource('Personio by v2', setUp, { countsItself: true, hasCatalogue: false });
