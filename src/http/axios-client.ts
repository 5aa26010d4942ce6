import { InterruptedError } from '../errors.js';
import { createAgents } from './agents.js';
import { type Answer, readAnswer } from './answer.js';
import type { HttpAnswer, HttpClient, HttpClientOptions, HttpRequest } from './client.js';
import { RequestError, type RequestFacts, StatusError } from './errors.js';
import { Pace } from './pace.js';
import { redactUrl } from './redact.js';
import { requestedPause, retryPause } from './retry.js';
import { createSender, type Sender } from './send.js';
import { buildUrl } from './url.js';

/** Opens a client for one API; no connection is made yet. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return new AxiosClient(options);
}

class AxiosClient implements HttpClient {
  readonly #pace: Pace;
  #sender: Sender | null = null;
  #sent = 0;

  constructor(private readonly options: HttpClientOptions) {
    const { requestsPerSecond, concurrency, world } = options;
    this.#pace = new Pace({ requestsPerSecond, concurrency, now: world.now, sleep: world.sleep });
  }

  get sent(): number {
    return this.#sent;
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const url = buildUrl(this.options.baseUrl, request);
    const { world } = this.options;
    let renewed = false;
    for (let number = 1; ; number++) {
      const facts = { system: this.options.system, method: request.method, url: redactUrl(url), attempts: number };
      const authorization = await this.#authorization(request);
      try {
        return await this.#attempt(request, url, facts, authorization);
      } catch (error) {
        if (isUnauthorised(error) && !renewed && this.#renew(request, authorization)) {
          renewed = true;
          continue;
        }
        const pause = this.#pauseAfter(request, error, number);
        if (pause === null) throw error;
        world.log.debug('trying once more', { ...facts, pause: Math.round(pause) });
        await world.sleep(pause);
      }
    }
  }

  async #attempt(
    request: HttpRequest,
    url: string,
    facts: RequestFacts,
    authorization: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    const answer = await this.#pace.take(() => this.#send(request, url, facts, authorization));
    const { status, headers } = answer;
    const body = readAnswer(answer, facts);
    if (status >= 200 && status < 300) return { status, headers, body };
    if (request.accept?.includes(status)) return { status, headers, body };
    throw new StatusError(facts, status, body, headers);
  }

  async #send(
    request: HttpRequest,
    url: string,
    facts: RequestFacts,
    authorization: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const { world, headers } = this.options;
    if (world.signal.aborted) throw new InterruptedError();
    this.#sent += 1;
    const started = world.now().getTime();
    this.#sender ??= await this.#openSender();
    const answer = await this.#sender(request, url, { ...headers, ...authorization, ...request.headers }, facts);
    const took = world.now().getTime() - started;
    world.log.debug('request', { ...facts, status: answer.status, milliseconds: took });
    return answer;
  }

  async #openSender(): Promise<Sender> {
    const { baseUrl, concurrency, proxy, caFile, timeoutSeconds, maximumBytes, world } = this.options;
    const agents = createAgents({
      baseUrl,
      concurrency,
      proxy: proxy ?? world.environment.proxyFor(baseUrl),
      caFile,
    });
    return createSender({ agents, timeoutSeconds, maximumBytes: maximumBytes ?? 50 * 2 ** 20, signal: world.signal });
  }

  async #authorization(request: HttpRequest): Promise<Readonly<Record<string, string>>> {
    if (request.authorized === false || this.options.authorization === undefined) return {};
    return this.options.authorization.headers();
  }

  #renew(request: HttpRequest, used: Readonly<Record<string, string>>): boolean {
    if (request.authorized === false) return false;
    return this.options.authorization?.renew(used['authorization']) ?? false;
  }

  #pauseAfter(request: HttpRequest, error: unknown, number: number): number | null {
    if (!(error instanceof RequestError)) return null;
    const { world, attempts } = this.options;
    const now = world.now();
    if (error instanceof StatusError) {
      const asked = requestedPause(error, now);
      if (asked !== null || error.status === 429) this.#pace.pause(asked ?? 1_000, error.status === 429);
    }
    return retryPause({
      number,
      most: attempts ?? 5,
      repeatable: request.method === 'GET' || request.repeatable === true,
      error,
      now,
      random: world.random(),
    });
  }
}

// A 401 was not carried out, so a request of any method may be sent again with a new token.
function isUnauthorised(error: unknown): boolean {
  return error instanceof StatusError && error.status === 401;
}
