import { createHttpClient } from '../../http/axios-client.js';
import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import { clientOptions } from '../../http/settings.js';
import type { AdapterWorld } from '../../http/world.js';
import { createScrubber } from '../../scrub.js';
import { Deprecations } from './deprecation.js';
import { mayPass, TITLE, translated } from './failure.js';
import { addressOf, type BamboohrSettings } from './settings.js';

/** A larger answer than this, in bytes, is none of a company's: about 400,000 people with twenty fields. */
const LARGEST_ANSWER = 400 * 2 ** 20;

/** Authorised requests of one account. They throw what `sources/source` promises. */
export interface Connection {
  /** BambooHR's clock minus ours in ms, or null before any answer that tells. */
  clockSkew(): number | null;
  /** What BambooHR has announced so far to end. */
  readonly deprecations: Deprecations;
  /** `right`: what is missing where the request is forbidden. */
  request(request: HttpRequest, right: string): Promise<HttpAnswer>;
}

/** Opens the API for one key; no request is made yet. https://documentation.bamboohr.com/docs/getting-started */
export function openConnection(settings: BamboohrSettings, world: AdapterWorld): Connection {
  // HTTP Basic takes the key for the user's name, which is no secret elsewhere.
  const secrets = createScrubber({ most: 100 });
  secrets.add(settings.api_key);
  const basic = Buffer.from(`${settings.api_key}:x`).toString('base64');
  const deprecations = new Deprecations();
  const http = createHttpClient({
    system: TITLE,
    baseUrl: addressOf(settings),
    ...clientOptions(settings),
    // A key does not run out and cannot be renewed.
    authorization: { headers: () => Promise.resolve({ authorization: `Basic ${basic}` }), renew: () => false },
    maximumBytes: LARGEST_ANSWER,
    mayPass,
    secrets,
    world,
  });
  return {
    clockSkew: () => http.clockSkew(),
    deprecations,
    async request(request, right) {
      try {
        const answer = await http.request(request);
        deprecations.note(`${request.method} ${request.path.replace(/\/\d+$/, '/{id}')}`, answer.headers);
        return answer;
      } catch (error) {
        throw translated(error, right);
      }
    },
  };
}
