import { createSettings, type RunningSystem, runSystem } from '../running-system.js';
import { createScim } from './create-scim.js';
import type { Directory } from './directory.js';
import { BASE } from './parts.js';
import { type ScimSettings, type ScimSettingsInput, scimSettingsSchema } from './settings.js';

/** The SCIM portal behind its server; `url` is the whole base address, `tokenUrl` where OAuth tokens come from. */
export interface RunningScim extends RunningSystem<ScimSettings> {
  readonly directory: Directory;
  readonly tokenUrl: string;
}

/** Starts a server for a portal; the caller stops it. */
export async function startScim(
  directory: Directory,
  input: ScimSettingsInput,
  world: Parameters<typeof runSystem>[3],
): Promise<RunningScim> {
  const settings = createSettings(scimSettingsSchema, input);
  const standIn = createScim({ directory, settings: settings.values, now: world.now });
  const system = await runSystem('scim', standIn, settings, world);
  return { ...system, url: `${system.url}${BASE}`, tokenUrl: `${system.url}/oauth/token`, directory };
}
