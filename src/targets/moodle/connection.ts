import type * as z from 'zod';
import { createHttpClient } from '../../http/axios-client.js';
import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import { AnswerError, type RequestFacts } from '../../http/errors.js';
import { clientOptions } from '../../http/settings.js';
import type { AdapterWorld } from '../../http/world.js';
import { createScrubber } from '../../scrub.js';
import { exceptionIn, TITLE, translated } from './errors.js';
import { formOf, type Parameters } from './form.js';
import type { MoodleSettings } from './settings.js';

/** One call of a function of the web service. */
export interface Call {
  readonly name: string;
  readonly parameters?: Parameters;
  /** Whether calling it twice does no harm beyond calling it once. */
  readonly repeatable?: boolean;
}

/** Calls of one site's web service, with errors in the words of the target contract. */
export interface Connection {
  /** Calls a function and reads the answer by its schema. */
  call<Body>(schema: z.ZodType<Body>, call: Call): Promise<Body>;
  /** The error for an answer that is not what the function promises. */
  unreadable(problem: string): AnswerError;
}

const PATH = '/webservice/rest/server.php';

/**
 * Opens a connection. Parameters go in a form by POST, and so does the token, which must not stand in an address:
 * https://docs.moodle.org/ (Creating a web service client).
 */
export function connect(settings: MoodleSettings, world: AdapterWorld): Connection {
  const { token, base_url: baseUrl, date_zone = world.timezone ?? 'UTC' } = settings;
  // The passwords of new accounts must not push the token out of what is looked for in answers.
  const secrets = createScrubber();
  secrets.add(token);
  const http = createHttpClient({
    system: TITLE,
    baseUrl,
    ...clientOptions(settings),
    secrets,
    world,
  });
  const facts: RequestFacts = {
    ...{ system: TITLE, method: 'POST', url: `${baseUrl}${PATH}`, attempts: 1 },
    ...(world.side !== undefined && { side: world.side }),
  };
  const fixed = { moodlewsrestformat: 'json', moodlewssettingtimezone: date_zone };

  function unreadable(problem: string): AnswerError {
    return new AnswerError(facts, 200, problem);
  }

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    return http.request(request).catch((error: unknown) => {
      throw translated(error);
    });
  }

  return {
    unreadable,
    async call(schema, { name, parameters = {}, repeatable = false }) {
      const form = formOf({ wstoken: token, wsfunction: name, ...fixed, ...parameters });
      const { body } = await send({ method: 'POST', path: PATH, form, repeatable });
      const exception = exceptionIn(body, name, facts);
      if (exception !== null) throw exception;
      const read = schema.safeParse(body);
      if (read.success) return read.data;
      throw unreadable(`a body that is not what ${name} answers`);
    },
  };
}
