import type { Fields } from '../../../src/core/value.js';
import { type RunningBambooHR, startBambooHR } from '../../../src/sandbox/bamboohr/start-bamboohr.js';
import { applyEvent, moveTo } from '../../../src/sandbox/company/calendar.js';
import { makeCompany } from '../../../src/sandbox/company/make-company.js';
import { bamboohr } from '../../../src/sources/bamboohr/index.js';
import { describePartialReads } from './partial-contract.js';
import { describeSource } from './source-contract.js';
import { type SourceStage, testWorld } from './stage.js';

const ALIASES: Readonly<Record<string, string>> = { manager: 'supervisorEId', job_title: 'jobTitle' };

/** HR fields that BambooHR has no standard field for. */
const LACKS = ['team', 'legal_entity', 'cost_center'];

// Nobody is on leave there but by a word of the company's own. Of inactive people what is empty is unknown.
function expected(fields: Fields): Fields {
  if (fields['status'] === 'leave') return { ...fields, status: 'active' };
  if (fields['status'] !== 'inactive') return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A company of three pages of the list. */
async function setUp(): Promise<SourceStage> {
  const now = () => new Date();
  // The company lives on another day than the clock of the stand-in, by which its changes and answers are dated.
  const behind = Date.now() - Date.parse('2026-11-20T12:00:00Z');
  const company = makeCompany({ size: 510, seed: 7, today: '2026-11-20' });
  const further = { rosterGrants: 200, inactiveLose: 'nothing', futureTerminations: 'shown' } as const;
  const system: RunningBambooHR = await startBambooHR(
    company,
    { ...further, unknownKeysAllowed: null },
    { now, port: 0 },
  );
  return {
    company,
    hr: {
      apply(event) {
        const person = applyEvent(company, event, now());
        system.happened();
        return person;
      },
      moveTo(day) {
        moveTo(company, day);
        system.happened();
      },
    },
    system: { ...system, url: system.url.replace(/\/api$/, '') },
    routes: { employees: 'roster', attributes: 'report' },
    attributeOf: (field) => ALIASES[field] ?? field,
    expected,
    refusals: [
      { error: { code: 'Forbidden', message: 'Something went wrong' } },
      { errors: [{ error: 'Something went wrong' }] },
      { type: 'about:blank', title: 'Something went wrong', status: 403 },
      [],
    ],
    refused: { method: 'POST', after: 0 },
    open({ credentials, url = system.url.replace(/\/api$/, '') } = {}) {
      const api_key = credentials === 'wrong' ? 'wrong' : system.apiKey;
      const given = { company: system.companyDomain, api_key, base_url: `${url}/api`, requests_per_second: 10_000 };
      const world = { ...testWorld, now: () => new Date(Date.now() - behind), signal: new AbortController().signal };
      const source = bamboohr.open(bamboohr.settings.parse({ ...given, changes_overlap_minutes: 120 }), world);
      const skew = () => source.clockSkew?.() ?? null;
      return { ...source, clockSkew: () => (skew() === null ? null : (skew() ?? 0) - behind) };
    },
    stop: system.stop,
  };
}

describeSource('BambooHR', setUp, { lacks: LACKS, unitsHaveIds: false, hasCatalogue: false });
describePartialReads(
  'BambooHR',
  async () => ({ ...(await setUp()), routes: { employees: 'changed', attributes: 'report' } }),
  { lacks: LACKS },
);
