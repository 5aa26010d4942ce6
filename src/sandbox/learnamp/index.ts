import { firstPair } from '../client-pair.js';
import { createSettings, runSystem } from '../running-system.js';
import type { OwnAttributes, SystemWorld, TargetSystem } from '../system.js';
import { Academy, type AcademyStaff } from './academy.js';
import { academyRoutes } from './control.js';
import { createLearnAmp } from './create-learn-amp.js';
import { type LearnAmpSettings, type LearnAmpSettingsInput, learnAmpSettingsSchema } from './settings.js';

/** Learn Amp, what it holds, and the first key that it accepts. */
interface LearnAmpSystem extends TargetSystem<LearnAmpSettings> {
  readonly academy: Academy;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The stand-in for Learn Amp; its staff are an owner and administrators unless given. */
export const learnamp = {
  title: 'Learn Amp',
  async start(
    world: SystemWorld,
    input: LearnAmpSettingsInput,
    staff?: readonly AcademyStaff[],
  ): Promise<LearnAmpSystem> {
    const settings = createSettings(learnAmpSettingsSchema, input);
    const academy = new Academy(world.now, staff);
    const standIn = createLearnAmp({ academy, settings: settings.values, now: world.now });
    const system = await runSystem('learnamp', standIn, settings, world);
    const pair = firstPair(settings.values.keys);
    return {
      ...{ ...system, ...pair, academy },
      addCustomFields: (names) => {
        const { customFields } = settings.values;
        const fresh = names.filter((name) => !customFields.some((field) => field.name === name));
        settings.change({ customFields: [...customFields, ...fresh.map((name) => ({ name, required: false }))] });
      },
      control: academyRoutes(academy),
      counts: () => ({ accounts: academy.list().length, teams: academy.teams.size, mails: academy.mails.length }),
      sections: (attributes) => sectionsFor({ ...pair, url: system.url }, attributes),
    };
  },
};

function sectionsFor(
  { url, clientId, clientSecret }: Pick<LearnAmpSystem, 'url' | 'clientId' | 'clientSecret'>,
  { badge, costCenter = 'cost_center' }: OwnAttributes,
): string {
  return `target:
  type: learnamp
  base_url: ${url}
  client_id: ${clientId}
  client_secret: \${SANDBOX_LEARNAMP_SECRET:-${clientSecret}}
  requests_per_second: 200         # the sandbox sets no limit; a real account wants the default of 2
  concurrency: 4

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  job_title: job_title
  primary_team: department
  primary_location: work_location
  hire_date: start_date
  manager: manager
  custom_fields:
    Cost centre: ${costCenter}
    Badge: { from: ${badge}, type: integer, when_empty: keep }
`;
}
