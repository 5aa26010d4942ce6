import { Hono } from 'hono';
import type { StandIn, StandInEnvironment } from '../stand-in.js';
import { createAccess } from './access.js';
import { answer, answerException, page } from './call/answer.js';
import { textOf } from './call/php-form.js';
import { readParameters } from './call/read-call.js';
import { MoodleException } from './call/refusal.js';
import type { MoodleParts } from './call/web-function.js';
import { atTheDoor, wwwrootOf } from './door.js';
import { webFunctions } from './functions.js';
import { zoneOf } from './zone.js';

/** Parameters of the protocol; all others belong to the function. */
const OF_THE_CALL = new Set([
  ...['wstoken', 'wsfunction', 'moodlewsrestformat'],
  ...['moodlewssettingraw', 'moodlewssettingtimezone'],
]);

/**
 * Imitates Moodle's REST web service: one address for all functions, and status 200 for nearly every failure.
 *
 * Source: https://docs.moodle.org/dev/Creating_a_web_service_client, and the answers of a running 5.1.
 */
export function createMoodle(parts: MoodleParts): StandIn {
  const { settings } = parts;
  const functions = webFunctions(settings);
  const access = createAccess(parts, functions);
  const app = new Hono<StandInEnvironment>();

  app.all('*', async ({ req: { raw: request }, env }) => {
    const refused = atTheDoor(request, settings);
    if (refused !== null) return refused;
    const parameters = await readParameters(request, settings);
    const format = textOf(parameters, 'moodlewsrestformat');
    try {
      const { user, called } = access.enter(parameters);
      const sent = new Map([...parameters].filter(([name]) => !OF_THE_CALL.has(name)));
      const zone = zoneOf(textOf(parameters, 'moodlewssettingtimezone'), user, parts);
      const isRaw = textOf(parameters, 'moodlewssettingraw') === '1';
      const wwwroot = wwwrootOf(request, settings);
      return answer(await called.run(sent, { ...parts, user, zone, isRaw, wwwroot, faults: env.dataFaults }), format);
    } catch (error) {
      if (!(error instanceof MoodleException)) throw error;
      return answerException(error.answer(settings), format);
    }
  });
  // The body was cut off, or the stand-in has a defect.
  app.onError(() => page(500, ''));

  return {
    app,
    routes: [],
    errorBody: (status) => ({
      exception: 'moodle_exception',
      errorcode: 'generalexceptionmessage',
      message: `Error ${status}`,
    }),
    revokeTokens: access.revoke,
    calls: {
      nameOf: async (request) => {
        const name = textOf(await readParameters(request, settings), 'wsfunction') ?? '';
        return functions.has(name) ? name : null;
      },
      isRead: (name) => functions.get(name)?.isRead ?? false,
    },
  };
}
