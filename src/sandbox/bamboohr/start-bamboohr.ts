import type { Company } from '../company/company.js';
import { createSettings, type RunningSystem, runSystem } from '../running-system.js';
import { createBambooHR } from './create-bamboohr.js';
import { type BambooHRSettings, type BambooHRSettingsInput, bambooHRSettingsSchema } from './settings.js';

/** A BambooHR stand-in that runs, and what opens it. `url` stands for `https://{company}.bamboohr.com/api`. */
interface RunningBambooHR extends RunningSystem<BambooHRSettings> {
  /** By the keys of its block in a config. */
  readonly access: { readonly company: string; readonly api_key: string };
  /** Aliases of two fields that the made-up company added: a whole number and a day. */
  readonly attributes: { readonly badge: string; readonly certified: string };
  /** The section `source` of a config for it: YAML with a line end. */
  readonly section: string;
  /** Call it after every event in HR and every new day. */
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
  const url = `${system.url}/api`;
  const { companyDomain, keys } = settings.values;
  const [{ key } = { key: '' }] = keys;
  return {
    ...{ ...system, url, happened: standIn.happened },
    access: { company: companyDomain, api_key: key },
    attributes: { badge: 'customBadge', certified: 'customCertifiedon' },
    section: `source:
  type: bamboohr
  base_url: ${url}
  company: ${companyDomain}
  api_key: \${SANDBOX_BAMBOOHR_KEY:-${key}}
`,
    stop: async () => {
      standIn.stop();
      await system.stop();
    },
  };
}
