import { RequestError, type RequestFacts } from '../../../../src/errors.js';
import { StatusError } from '../../../../src/http/errors.js';
import { type User, userSchema } from '../../../../src/targets/learnamp/schema.js';
import { type LearnAmpSettings, learnampSettings } from '../../../../src/targets/learnamp/settings.js';

/** Settings as a config gives them. */
export function settingsWith(changes: object = {}): LearnAmpSettings {
  const required = { base_url: 'https://acme.example', client_id: 'key', client_secret: 'secret' };
  return learnampSettings.parse({ ...required, ...changes });
}

/** A user as Learn Amp shows them. */
export function userWith(json: object): User {
  return userSchema.parse({ id: 7, ...json });
}

const FACTS: RequestFacts = { system: 'Learn Amp', method: 'PUT', url: 'https://acme.example/v1/users/7', attempts: 1 };

/** An answer that is an error. */
export function statusError(status: number, body: unknown): StatusError {
  return new StatusError(FACTS, status, body, {});
}

/** A request of which nobody knows whether it was carried out. */
export class UnclearError extends RequestError {
  override readonly name = 'UnclearError';
  readonly mayHaveHappened = true;
  constructor() {
    super(FACTS, 'no answer');
  }
}
