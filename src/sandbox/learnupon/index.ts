import { createSettings, runSystem } from '../running-system.js';
import type { OwnAttributes, SystemWorld, TargetSystem } from '../system.js';
import { portalRoutes } from './control.js';
import { createLearnUpon } from './create-learnupon.js';
import { Portal, type PortalStaff } from './portal.js';
import { type LearnUponSettings, type LearnUponSettingsInput, learnUponSettingsSchema } from './settings.js';

/** LearnUpon, what it holds, and the key that it accepts; `url` is the whole address of its API. */
interface LearnUponSystem extends TargetSystem<LearnUponSettings> {
  readonly portal: Portal;
  readonly username: string;
  readonly password: string;
}

/** The stand-in for LearnUpon; its staff are an administrator unless given. */
export const learnupon = {
  title: 'LearnUpon',
  async start(
    world: SystemWorld,
    input: LearnUponSettingsInput,
    staff?: readonly PortalStaff[],
  ): Promise<LearnUponSystem> {
    const settings = createSettings(learnUponSettingsSchema, input);
    const portal = new Portal(world.now, staff);
    const standIn = createLearnUpon({ portal, settings: settings.values, now: world.now });
    const system = await runSystem('learnupon', standIn, settings, world);
    const { username, password } = settings.values.keys;
    const opened = { url: `${system.url}/api/v1`, username, password };
    return {
      ...{ ...system, ...opened, portal },
      access: { username, password },
      addCustomFields: (names) => {
        const { definitions } = settings.values;
        const fresh = names.filter((label) => !definitions.some((one) => one.label === label));
        settings.change({ definitions: [...definitions, ...fresh.map((label) => ({ label }))] });
      },
      control: portalRoutes(portal),
      counts: () => ({ users: portal.users.size, invites: portal.invites.size, mails: portal.mails.length }),
      sections: (attributes) => sectionsFor(opened, attributes),
    };
  },
};

function sectionsFor(
  { url, username, password }: Pick<LearnUponSystem, 'url' | 'username' | 'password'>,
  { badge, costCenter = 'cost_center' }: OwnAttributes,
): string {
  return `target:
  type: learnupon
  base_url: ${url}
  username: ${username}
  password: \${SANDBOX_LEARNUPON_SECRET:-${password}}
  requests_per_second: 200         # the sandbox sets no limit; a real portal wants the default of 4.5
  employee_id_field: Employee id
  manager_to: Manager

mapping:
  first_name: first_name
  last_name: last_name
  email: work_email
  leave_date: termination_date
  manager: manager
  custom_fields:
    Cost centre: { from: ${costCenter}, type: string }
    Hire date: start_date
    Badge: { from: ${badge}, type: integer, when_empty: keep }
`;
}
