import { createSettings, runSystem } from '../running-system.js';
import type { SourceSystem, SystemWorld } from '../system.js';
import { createBambooHR } from './create-bamboohr.js';
import { type BambooHRSettings, type BambooHRSettingsInput, bambooHRSettingsSchema } from './settings.js';

/** The stand-in for BambooHR; its `url` stands for `https://{company}.bamboohr.com/api`. */
export const bamboohr = {
  title: 'BambooHR',
  async start(world: SystemWorld, input: BambooHRSettingsInput): Promise<SourceSystem<BambooHRSettings>> {
    const { company, now } = world;
    const settings = createSettings(bambooHRSettingsSchema, input);
    const standIn = createBambooHR({ company, settings: settings.values, now });
    const system = await runSystem('bamboohr', standIn, settings, world);
    const url = `${system.url}/api`;
    const { companyDomain, keys } = settings.values;
    const [{ key } = { key: '' }] = keys;
    return {
      ...{ ...system, url },
      access: { company: companyDomain, api_key: key },
      attributes: {
        ...{ badge: 'customBadge', certified: 'customCertifiedon' },
        ...{ costCenter: 'customCostCenter', legalEntity: 'division' },
      },
      section: `source:
  type: bamboohr
  base_url: ${url}
  company: ${companyDomain}
  api_key: \${SANDBOX_BAMBOOHR_KEY:-${key}}
`,
      happened: standIn.happened,
      dayCame: standIn.happened,
      stop: async () => {
        standIn.stop();
        await system.stop();
      },
    };
  },
};
