import type { Company } from '../company/company.js';
import { createSettings, type RunningSystem, runSystem } from '../running-system.js';
import { createBambooHR } from './create-bamboohr.js';
import { type BambooHRSettings, type BambooHRSettingsInput, bambooHRSettingsSchema } from './settings.js';

/** A BambooHR stand-in that runs, and what opens it. `url` stands for `https://{company}.bamboohr.com/api`. */
export interface RunningBambooHR extends RunningSystem<BambooHRSettings> {
  readonly companyDomain: string;
  readonly apiKey: string;
  /** To be called after everything that happens in HR, a day that comes included. */
  happened(): void;
}

/** Starts a BambooHR stand-in on a company; the caller stops it. */
export async function startBambooHR(
  company: Company,
  input: BambooHRSettingsInput,
  world: Parameters<typeof runSystem>[3],
): Promise<RunningBambooHR> {
  const settings = createSettings(bambooHRSettingsSchema, input);
  const standIn = createBambooHR({ company, settings: settings.values, now: world.now });
  const system = await runSystem('bamboohr', standIn, settings, world);
  const { companyDomain, keys } = settings.values;
  return {
    ...system,
    ...{ url: `${system.url}/api`, companyDomain, apiKey: keys[0]?.key ?? '', happened: standIn.happened },
    stop: async () => {
      standIn.stop();
      await system.stop();
    },
  };
}
