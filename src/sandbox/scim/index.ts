import { createSettings, runSystem } from '../running-system.js';
import type { SystemWorld, TargetSystem } from '../system.js';
import { directoryRoutes } from './control.js';
import { createScim } from './create-scim.js';
import { Directory } from './directory.js';
import { BASE } from './parts.js';
import type { Values } from './resource.js';
import { sectionsFor } from './sections.js';
import { type ScimSettings, type ScimSettingsInput, scimSettingsSchema } from './settings.js';

/** A SCIM portal and what it holds; `url` is the whole base address, `tokenUrl` where OAuth tokens come from. */
export interface ScimSystem extends TargetSystem<ScimSettings> {
  readonly directory: Directory;
  readonly tokenUrl: string;
}

/** The stand-in for a platform that is provisioned over SCIM; its staff are an administrator unless given. */
export const scim = {
  title: 'SCIM',
  async start(world: SystemWorld, input: ScimSettingsInput, staff?: readonly Values[]): Promise<ScimSystem> {
    const settings = createSettings(scimSettingsSchema, input);
    const directory = new Directory(world.now, staff);
    const standIn = createScim({ directory, settings: settings.values, now: world.now });
    const system = await runSystem('scim', standIn, settings, world);
    const opened = { url: `${system.url}${BASE}`, tokenUrl: `${system.url}/oauth/token` };
    return {
      ...{ ...system, ...opened, directory },
      access: accessOf(settings.values, opened.tokenUrl),
      control: directoryRoutes(directory),
      counts: () => ({ users: directory.users.size, groups: directory.groups.size, mails: directory.mails.length }),
      sections: (attributes) => sectionsFor({ url: opened.url, token: settings.values.token }, attributes),
    };
  },
};

function accessOf({ auth, token, basic, oauth }: ScimSettings, tokenUrl: string): Readonly<Record<string, string>> {
  if (auth === 'bearer') return { token };
  if (auth === 'basic') return basic;
  const { clientId: client_id, clientSecret: client_secret, scope } = oauth;
  return { token_url: tokenUrl, client_id, client_secret, ...(scope !== null && { scope }) };
}
