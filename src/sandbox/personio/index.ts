import { firstPair } from '../client-pair.js';
import { customKeys } from '../company/organisation.js';
import { createSettings, runSystem } from '../running-system.js';
import type { SourceSystem, SystemWorld } from '../system.js';
import { createPersonio } from './create-personio.js';
import { type PersonioSettings, type PersonioSettingsInput, personioSettingsSchema } from './settings.js';
import { Webhooks } from './webhooks.js';

/** Personio, and the first credentials that it accepts. */
interface PersonioSystem extends SourceSystem<PersonioSettings> {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The stand-in for Personio; what happens in HR goes out as webhooks. */
export const personio = {
  title: 'Personio',
  async start(world: SystemWorld, input: PersonioSettingsInput): Promise<PersonioSystem> {
    const { company, now } = world;
    const settings = createSettings(personioSettingsSchema, input);
    const webhooks = new Webhooks(now);
    const standIn = createPersonio({ company, settings: settings.values, now, webhooks });
    const system = await runSystem('personio', standIn, settings, world);
    const pair = firstPair(settings.values.credentials);
    return {
      ...system,
      ...pair,
      happened: (event, person) => webhooks.happened(event, person),
      stop: async () => {
        webhooks.stop();
        await system.stop();
      },
      attributes: { badge: customKeys.badge, certified: customKeys.certified },
      section: `source:
  type: personio
  base_url: ${system.url}
  client_id: ${pair.clientId}
  client_secret: \${SANDBOX_PERSONIO_SECRET:-${pair.clientSecret}}
  requests_per_second: 14          # the sandbox allows 15 a second and 300 a minute, like the real one
`,
    };
  },
};
