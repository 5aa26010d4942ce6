import { createSettings, type RunningSystem, runSystem } from '../running-system.js';
import type { OwnAttributes, SystemWorld } from '../system.js';
import { siteRoutes } from './control.js';
import { createMoodle } from './create-moodle.js';
import { type MoodleSettings, type MoodleSettingsInput, moodleSettingsSchema } from './settings.js';
import { Site, type SiteStaff } from './site/site.js';

/** A running Moodle: what its site holds, and the token of its web service. `url` is the site's address. */
export type MoodleSystem = RunningSystem<MoodleSettings> & {
  readonly site: Site;
  readonly token: string;
  /** The credentials, by their keys in the `target` block of a config. */
  readonly access: { readonly token: string };
  /** Routes for looking inside and for changes by hand. */
  readonly control: ReturnType<typeof siteRoutes>;
  readonly counts: () => Readonly<Record<string, number>>;
  /** The sections `target` and `mapping` of a config for it, as YAML. */
  readonly sections: (attributes: OwnAttributes) => string;
};

/** The stand-in for Moodle. Its staff are users besides the guest, the first administrator and the service user. */
export const moodle = {
  title: 'Moodle',
  async start(
    world: Omit<SystemWorld, 'company'>,
    input: MoodleSettingsInput,
    staff?: readonly SiteStaff[],
  ): Promise<MoodleSystem> {
    const settings = createSettings(moodleSettingsSchema, input);
    const site = new Site(world.now, staff);
    const standIn = createMoodle({ site, settings: settings.values, now: world.now });
    const system = await runSystem('moodle', standIn, settings, world);
    const token = settings.values.tokens[0]?.token ?? '';
    return {
      ...{ ...system, site, token },
      access: { token },
      control: siteRoutes(site),
      counts: () => ({ users: site.users.size, cohorts: site.cohorts.size, mails: site.mails.length }),
      sections: (attributes) => sectionsFor(system.url, token, attributes),
    };
  },
};

function sectionsFor(
  url: string,
  token: string,
  { badge, certified, costCenter = 'cost_center', legalEntity = 'legal_entity' }: OwnAttributes,
): string {
  return `target:
  type: moodle
  base_url: ${url}
  token: \${SANDBOX_MOODLE_SECRET:-${token}}
  requests_per_second: 200         # the sandbox sets no limit; a real site wants the default of 10
  manager_to: manager

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  department: department
  organization: ${legalEntity}
  city: work_location
  manager: manager
  custom_fields:
    jobtitle: job_title
    costcentre: { from: ${costCenter}, type: string }
    hiredate: start_date
    badge: { from: ${badge}, type: string, when_empty: keep }
    certifiedon: { from: ${certified}, type: date }
`;
}
