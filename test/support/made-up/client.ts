import { createHttpClient } from '../../../src/http/axios-client.js';
import type { HttpClient } from '../../../src/http/client.js';
import type { AdapterWorld } from '../../../src/http/world.js';

/** A client of one of the two made-up systems, which lets in whoever knows its key. */
export function openClient(
  system: string,
  { base_url, key }: { readonly base_url: string; readonly key: string },
  world: AdapterWorld,
): HttpClient {
  return createHttpClient({
    ...{ system, baseUrl: base_url, world },
    ...{ requestsPerSecond: 1_000, concurrency: 4, timeoutSeconds: 5, proxy: '', caFile: undefined },
    headers: { Authorization: key },
  });
}
