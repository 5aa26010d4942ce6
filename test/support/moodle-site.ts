import { type MoodleSystem, moodle } from '../../src/sandbox/moodle/index.js';
import type { MoodleSettingsInput } from '../../src/sandbox/moodle/settings.js';
import type { Site } from '../../src/sandbox/moodle/site/site.js';

/** The parts of an answer that tests look at. */
export interface MoodleAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of every shape
  readonly body: any;
}

/** A running site, and how tests call it. */
export interface MoodleStage {
  readonly site: Site;
  readonly system: MoodleSystem;
  /** The clock of the site, in milliseconds since 1970. */
  clock: number;
  /** Calls a function as a client does: a form in the body, the answer in JSON. */
  call(name: string, parameters?: object, extra?: Readonly<Record<string, string>>): Promise<MoodleAnswer>;
  /** Sends a body as it stands. */
  send(body: string, init?: RequestInit, query?: string): Promise<MoodleAnswer>;
}

/** Starts a site that holds the guest, the administrator and the service user. */
export async function startStage(settings: MoodleSettingsInput = {}): Promise<MoodleStage> {
  const world = { clock: Date.parse('2026-11-24T02:00:00Z') };
  const now = () => new Date(world.clock);
  const system = await moodle.start({ now, port: 0 }, settings);
  const { site } = system;
  const send: MoodleStage['send'] = async (body, init = {}, query = '') => {
    const response = await fetch(`${system.url}/webservice/rest/server.php${query}`, {
      ...{ method: 'POST', body, redirect: 'manual', signal: AbortSignal.timeout(10_000) },
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      ...init,
    });
    const text = await response.text();
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
  };
  const call: MoodleStage['call'] = (name, parameters = {}, extra = {}) => {
    const fixed = { wstoken: system.token, wsfunction: name, moodlewsrestformat: 'json', ...extra };
    return send(form({ ...fixed, ...parameters }));
  };
  return Object.assign(world, { site, system, call, send });
}

/** A value as PHP reads it from a form: `users[0][username]=…`. */
export function form(parameters: object): string {
  const pairs = (name: string, value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => pairs(`${name}[${key}]`, inner))
      : [`${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`];
  return Object.entries(parameters)
    .flatMap(([name, value]) => pairs(name, value))
    .join('&');
}

/** A user as the service makes them; the name stands in username and e-mail. */
export function newUser(name: string, changes: object = {}): object {
  return {
    username: name,
    firstname: 'Ada',
    lastname: 'Example',
    email: `${name}@acme.example`,
    password: 'Secret-123',
    ...changes,
  };
}
