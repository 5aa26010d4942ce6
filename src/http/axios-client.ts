import { withoutCredentialPhrases } from '../credential-phrases.js';
import { InterruptedError } from '../errors.js';
import { createScrubber, type Scrub, type Scrubber } from '../scrub.js';
import { type Answer, readAnswer } from './answer.js';
import type { HttpAnswer, HttpClient, HttpClientOptions, HttpRequest } from './client.js';
import { createFarClock } from './clock-skew.js';
import { NetworkError, PatienceError, RequestError, StatusError } from './errors.js';
import type { LogFacts } from './log.js';
import { Pace } from './pace.js';
import { Patience } from './patience.js';
import { redactUrl } from './redact.js';
import { LONGEST_REQUESTED, requestedPause } from './requested-pause.js';
import { retryPause } from './retry.js';
import type { OutgoingRequest, Sender } from './send.js';
import { sentBy } from './sent-by.js';
import { secretsInBody, secretsSentWith } from './sent-secrets.js';
import { buildUrl } from './url.js';

/** Opens a client for one API; no connection is made yet. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return new AxiosClient(options);
}

/** How many secrets one client remembers: its credentials, and the tokens of a few days. */
const MOST_SECRETS = 100;

class AxiosClient implements HttpClient {
  readonly #pace: Pace;
  #sender: Promise<Sender> | null = null;
  readonly #farClock = createFarClock();
  readonly #patience = new Patience();
  readonly #secrets: Scrubber;
  /** Secrets in bodies, the passwords of new accounts: kept apart, for they are as many as the company has people. */
  readonly #bodySecrets = createScrubber({ most: MOST_SECRETS });
  #sent = 0;

  constructor(private readonly options: HttpClientOptions) {
    const { requestsPerSecond, concurrency, world } = options;
    this.#pace = new Pace({ requestsPerSecond, concurrency, now: world.now, sleep: world.sleep });
    this.#secrets = options.secrets ?? createScrubber({ most: MOST_SECRETS });
  }

  get sent(): number {
    return this.#sent;
  }

  clockSkew(): number | null {
    return this.#farClock.skew;
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const url = buildUrl(this.options, request, this.#secrets.scrub);
    let renewed = false;
    let unsettled: RequestError | null = null;
    for (let number = 1; ; number++) {
      const outgoing = await this.#prepare(request, url, number);
      try {
        return await this.#attempt(outgoing);
      } catch (error) {
        if (isUnauthorised(error) && !renewed && this.#renew(outgoing)) {
          renewed = true;
          continue;
        }
        if (error instanceof RequestError && error.mayHaveHappened && request.method !== 'GET') unsettled = error;
        const pause = this.#pauseAfter(request, error, number);
        if (pause === null) throw tellsNothing(error) ? (unsettled ?? error) : error;
        await this.options.world.sleep(pause).catch((interruption: unknown) => {
          throw unsettled ?? interruption;
        });
      }
    }
  }

  async #prepare(request: HttpRequest, url: string, number: number): Promise<OutgoingRequest> {
    const { system, headers, authorization, world } = this.options;
    const credentials = request.authorized === false ? {} : await authorization?.headers();
    const sent = { ...headers, ...credentials, ...request.headers };
    for (const secret of secretsSentWith(sent, url)) this.#secrets.add(secret);
    const lasting = request.authorized === false ? this.#secrets : this.#bodySecrets;
    for (const secret of secretsInBody(request)) lasting.add(secret);
    const shown = redactUrl(url, this.#secrets.scrub);
    const facts = { system, method: request.method, url: shown, attempts: number, side: world.side };
    return { request, url, headers: sent, facts };
  }

  async #attempt(outgoing: OutgoingRequest): Promise<HttpAnswer> {
    const { sharedPace } = this.options.world;
    const answer = await this.#pace.take(async () => {
      await sharedPace?.turn(outgoing.request.method);
      return this.#send(outgoing);
    });
    const { status, headers } = answer;
    const body = readAnswer(answer, outgoing.facts, this.#scrub);
    if (isSuccess(status)) return { status, headers, body };
    if (outgoing.request.accept?.includes(status)) return { status, headers, body };
    const clean = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, this.#scrub(value)]));
    throw new StatusError(outgoing.facts, status, body, clean, sentBy(outgoing.request));
  }

  #scrub: Scrub = (text) => withoutCredentialPhrases(this.#bodySecrets.scrub(this.#secrets.scrub(text)));

  async #send(outgoing: OutgoingRequest): Promise<Answer> {
    const { world } = this.options;
    if (world.signal.aborted) throw new InterruptedError();
    if (this.#patience.isOver) throw new PatienceError(outgoing.facts, this.#patience.minutes);
    this.#sender ??= this.#openSender();
    const send = await this.#sender;
    this.#sent += 1;
    const { system, method, url, attempts } = outgoing.facts;
    const started = world.now().getTime();
    const log = (outcome: LogFacts) =>
      world.log.debug('request', {
        system,
        method,
        url,
        attempts,
        ...outcome,
        milliseconds: world.now().getTime() - started,
      });
    try {
      const answer = await send(outgoing);
      log({ status: answer.status });
      this.#patience.answered();
      this.#heed(answer, outgoing);
      if (isSuccess(answer.status)) this.#farClock.note(answer.headers['date'], world.now());
      return answer;
    } catch (error) {
      log({ failure: error instanceof Error ? error.message : String(error) });
      throw error;
    }
  }

  // Loaded by the first request: commands that only look at the config and the state need no HTTP.
  async #openSender(): Promise<Sender> {
    const [{ createAgents }, { createSender }] = await Promise.all([import('./agents.js'), import('./send.js')]);
    const { system, baseUrl, concurrency, caFile, timeoutSeconds, maximumBytes, world } = this.options;
    const proxy = this.options.proxy ?? world.environment.proxyFor(baseUrl);
    return createSender({
      agents: createAgents({ system, baseUrl, concurrency, proxy, caFile }),
      timeoutSeconds,
      maximumBytes: maximumBytes ?? 50 * 2 ** 20,
      signal: world.signal,
      mayWrite: world.mayWrite ?? (() => true),
    });
  }

  // What one answer says about the pace holds for all requests of the client.
  #heed({ status, headers }: Answer, { url, request }: OutgoingRequest): void {
    const rate = this.options.rateAfter?.({ path: new URL(url).pathname, headers }) ?? null;
    if (rate !== null) this.#pace.goOnAt(rate);
    const asked = requestedPause(status, headers, this.options.world.now()) ?? 0;
    // Nobody waits longer: the request is given up, and so will be the next ones, one by one.
    if (asked > LONGEST_REQUESTED) return;
    if (asked > 0 || status === 429) this.options.world.sharedPace?.holdBack(request.method, asked, status === 429);
    const longer = status === 429 ? this.#pace.slowDown(asked) : this.#pace.pause(asked);
    this.#patience.waited(longer);
  }

  #renew({ request, headers }: OutgoingRequest): boolean {
    if (request.authorized === false) return false;
    return this.options.authorization?.renew(headers['authorization']) ?? false;
  }

  #pauseAfter(request: HttpRequest, error: unknown, number: number): number | null {
    if (!(error instanceof RequestError)) return null;
    const { world, attempts, mayPass } = this.options;
    return retryPause({
      number,
      most: attempts ?? 5,
      repeatable: request.method === 'GET' || request.repeatable === true,
      error,
      mayPass,
      now: world.now(),
      random: world.random(),
    });
  }
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

// A 401 was not carried out, so a request of any method may be sent again with a new token.
function isUnauthorised(error: unknown): boolean {
  return error instanceof StatusError && error.status === 401;
}

// Whether an error leaves open what became of an earlier attempt at the same write.
function tellsNothing(error: unknown): boolean {
  if (error instanceof InterruptedError || error instanceof PatienceError) return true;
  return error instanceof NetworkError && !error.mayHaveHappened;
}
