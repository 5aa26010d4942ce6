import { firstPair } from '../client-pair.js';
import { createSettings, runSystem } from '../running-system.js';
import type { OwnAttributes, SystemWorld, TargetSystem } from '../system.js';
import { platformRoutes } from './control.js';
import { create360Learning } from './create-360learning.js';
import { Platform, type PlatformStaff } from './platform.js';
import { type Learning360Settings, type Learning360SettingsInput, learning360SettingsSchema } from './settings.js';

/** 360Learning, what it holds, and the first credentials that it accepts. */
interface Learning360System extends TargetSystem<Learning360Settings> {
  readonly platform: Platform;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The stand-in for 360Learning; its staff come besides the owner, who is always there. */
export const learning360 = {
  title: '360Learning',
  async start(
    world: SystemWorld,
    input: Learning360SettingsInput,
    staff?: readonly PlatformStaff[],
  ): Promise<Learning360System> {
    const { company, now } = world;
    const settings = createSettings(learning360SettingsSchema, input);
    const groups = company.departments.map(({ name }) => name);
    const platform = new Platform(now, groups, staff);
    const standIn = create360Learning({ platform, settings: settings.values, now });
    const system = await runSystem('360learning', standIn, settings, world);
    const pair = firstPair(settings.values.credentials);
    return {
      ...{ ...system, ...pair, platform },
      access: { ...pair.access, group: platform.root.id },
      control: platformRoutes(platform),
      sections: (attributes) => sectionsFor({ ...pair, url: system.url, platform }, attributes),
    };
  },
};

function sectionsFor(
  { url, clientId, clientSecret, platform }: Pick<Learning360System, 'url' | 'clientId' | 'clientSecret' | 'platform'>,
  { badge, certified, costCenter = 'cost_center', legalEntity = 'legal_entity' }: OwnAttributes,
): string {
  return `target:
  type: 360learning
  base_url: ${url}
  client_id: ${clientId}
  client_secret: \${SANDBOX_360LEARNING_SECRET:-${clientSecret}}
  group: ${platform.root.id}
  levels: [department]             # each department has a group of its name below that one

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  job_title: job_title
  organization: ${legalEntity}
  manager: manager
  custom_fields:
    Cost centre: ${costCenter}
    Badge: { from: ${badge}, type: integer, when_empty: keep }
    Certified on: { from: ${certified}, type: date }
`;
}
