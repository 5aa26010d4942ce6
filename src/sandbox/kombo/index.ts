import type { Person } from '../company/company.js';
import { createSettings, runSystem } from '../running-system.js';
import type { SourceSystem, SystemWorld } from '../system.js';
import { createKombo } from './create-kombo.js';
import { komboId } from './ids.js';
import { type KomboSettings, type KomboSettingsInput, komboSettingsSchema } from './settings.js';

/** Kombo, what opens it, and the id that it gives to somebody; `url` is the whole address of its API. */
interface KomboSystem extends SourceSystem<KomboSettings> {
  readonly apiKey: string;
  readonly integrationId: string;
  idOf(person: Pick<Person, 'id'>): string;
}

/** The stand-in for Kombo. */
export const kombo = {
  title: 'Kombo',
  async start(world: SystemWorld, input: KomboSettingsInput): Promise<KomboSystem> {
    const { company, now } = world;
    const settings = createSettings(komboSettingsSchema, input);
    const standIn = createKombo({ company, settings: settings.values, now });
    const system = await runSystem('kombo', standIn, settings, world);
    const url = `${system.url}/v1`;
    const {
      apiKeys: [apiKey = ''],
      integrationId,
    } = settings.values;
    return {
      ...{ ...system, url, apiKey, integrationId },
      access: { api_key: apiKey, integration_id: integrationId },
      idOf: ({ id }) => komboId(settings.values.integrationId, String(id)),
      attributes: { badge: 'badge', certified: 'certified_on' },
      section: `source:
  type: kombo
  base_url: ${url}
  api_key: \${SANDBOX_KOMBO_KEY:-${apiKey}}
  integration_id: ${integrationId}
`,
    };
  },
};
