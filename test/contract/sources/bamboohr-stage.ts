import type { AdapterWorld } from '../../../src/http/world.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { bamboohr } from '../../../src/sources/bamboohr/index.js';
import type { Source } from '../../../src/sources/source.js';
import { testWorld } from './stage.js';

/** A company behind a BambooHR, and the source that reads it. */
export interface BamboohrStage extends Pick<Sandbox, 'company' | 'hr' | 'stop'> {
  readonly system: Sandbox['bamboohr'];
  /** Opens the source with some settings changed. */
  open(changes?: object, world?: Partial<AdapterWorld>): Source;
}

/** The day on which the company lives. */
const TODAY = '2026-11-20';

/** Starts both. The company lives on another day than the clock by which changes and answers are dated. */
export async function stageBamboohr(size: number, settings: SandboxOptions['bamboohr'] = {}): Promise<BamboohrStage> {
  const behind = Date.now() - Date.parse(`${TODAY}T12:00:00Z`);
  const sandbox = await startSandbox({ company: { size, seed: 7, today: TODAY }, bamboohr: settings });
  const { company, hr, stop, bamboohr: system } = sandbox;
  return {
    ...{ company, hr, stop, system },
    open(changes = {}, world = {}) {
      const given = { ...system.access, base_url: system.url, requests_per_second: 10_000 };
      const source = bamboohr.open(bamboohr.settings.parse({ ...given, ...changes }), {
        ...testWorld,
        now: () => new Date(Date.now() - behind),
        signal: new AbortController().signal,
        ...world,
      });
      const skew = () => source.clockSkew?.() ?? null;
      return { ...source, clockSkew: () => (skew() === null ? null : (skew() ?? 0) - behind) };
    },
  };
}
