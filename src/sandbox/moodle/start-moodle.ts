import { createSettings, type RunningSystem, runSystem } from '../running-system.js';
import { createMoodle } from './create-moodle.js';
import { type MoodleSettings, type MoodleSettingsInput, moodleSettingsSchema } from './settings.js';
import type { Site } from './site/site.js';

/** A running Moodle: `url` is the site's address, `token` is for its web service. */
export type RunningMoodle = RunningSystem<MoodleSettings> & { readonly token: string; readonly site: Site };

/** Starts a server for a site. */
export async function startMoodle(
  site: Site,
  input: MoodleSettingsInput,
  world: Parameters<typeof runSystem>[3],
): Promise<RunningMoodle> {
  const settings = createSettings(moodleSettingsSchema, input);
  const standIn = createMoodle({ site, settings: settings.values, now: world.now });
  const system = await runSystem('moodle', standIn, settings, world);
  return { ...system, token: settings.values.tokens[0]?.token ?? '', site };
}
