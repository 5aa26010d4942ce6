import type { AdapterWorld } from '../../../src/http/world.js';
import type { BambooHRSettingsInput } from '../../../src/sandbox/bamboohr/settings.js';
import { startBambooHR } from '../../../src/sandbox/bamboohr/start-bamboohr.js';
import { applyEvent, moveTo } from '../../../src/sandbox/company/calendar.js';
import { makeCompany } from '../../../src/sandbox/company/make-company.js';
import type { Company, Sandbox } from '../../../src/sandbox/index.js';
import { bamboohr } from '../../../src/sources/bamboohr/index.js';
import type { Source } from '../../../src/sources/source.js';
import { testWorld } from './stage.js';

/** A company behind a BambooHR, and the source that reads it. */
export interface BamboohrStage {
  readonly company: Company;
  readonly hr: Sandbox['hr'];
  readonly system: Awaited<ReturnType<typeof startBambooHR>>;
  /** Opens the source with some settings changed. */
  open(changes?: object, world?: Partial<AdapterWorld>): Source;
  stop(): Promise<void>;
}

/** The day on which the company lives. */
const TODAY = '2026-11-20';

/** Starts both. The company lives on another day than the clock by which changes and answers are dated. */
export async function stageBamboohr(size: number, settings: BambooHRSettingsInput = {}): Promise<BamboohrStage> {
  const now = () => new Date();
  const behind = Date.now() - Date.parse(`${TODAY}T12:00:00Z`);
  const company = makeCompany({ size, seed: 7, today: TODAY });
  const system = await startBambooHR(company, settings, { now, port: 0 });
  return {
    company,
    system,
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
    open(changes = {}, world = {}) {
      const given = { ...system.access, base_url: system.url };
      const source = bamboohr.open(bamboohr.settings.parse({ ...given, requests_per_second: 10_000, ...changes }), {
        ...testWorld,
        now: () => new Date(Date.now() - behind),
        signal: new AbortController().signal,
        ...world,
      });
      const skew = () => source.clockSkew?.() ?? null;
      return { ...source, clockSkew: () => (skew() === null ? null : (skew() ?? 0) - behind) };
    },
    stop: system.stop,
  };
}
