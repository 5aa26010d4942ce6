import { afterEach } from 'vitest';
import type { ScimSystem } from '../../../src/sandbox/scim/index.js';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import type { Target } from '../../../src/targets/target.js';
import { openOn, person, startDirectory } from './directory.js';
import { keyFor, whole } from './stage.js';

/** One SCIM portal for each test, in whatever way it differs from the RFCs, and short words for what is done with it. */
export function directoryBench() {
  let running: ScimSystem | null = null;
  afterEach(() => running?.stop());

  const portal = (): ScimSystem => {
    if (running === null) throw new Error('no portal is started');
    return running;
  };

  return {
    portal,
    async start(ways: ScimSettingsInput = {}): Promise<ScimSystem> {
      running = await startDirectory(ways);
      return running;
    },
    /** Starts a portal and opens a target on it, whose mapping names these fields. */
    async open(changes: object = {}, ways: ScimSettingsInput = {}, fields?: readonly string[]): Promise<Target> {
      running = await startDirectory(ways);
      return openOn(running, changes, fields);
    },
    /** Makes the account of a person and gives its id. */
    async create(target: Target, number: number, changes: object = {}): Promise<string> {
      const draft = whole({ ...person(number), ...changes });
      return (await target.create(draft, { invite: false })).accountId;
    },
    /** Adds the account of a person past the API. */
    byHand(number: number, further: object = {}): string {
      const { external_id: externalId, email } = person(number);
      const user = { userName: String(email), externalId, emails: [{ value: email, type: 'work' }], active: true };
      return portal().directory.addUser({ ...user, ...further }).id;
    },
    /** What the portal holds of a user. */
    values: (accountId: string) => portal().directory.users.get(accountId)?.values ?? {},
    sent: (method: string) =>
      portal()
        .requests.list()
        .filter((request) => request.method === method),
    failureOf: (call: Promise<unknown>): Promise<unknown> => call.then(() => null).catch((error: unknown) => error),
    /** Who is found by a person's employee id, and by the address in other letters. */
    async findByKeys(target: Target, number: number): Promise<readonly (readonly string[])[]> {
      const { externalId, email } = keyFor(person(number));
      const found = [
        await target.find([{ externalId, email: null }]),
        await target.find([{ externalId: 'nobody', email: email.toUpperCase() }]),
      ];
      return found.map((accounts) => accounts.map(({ id }) => id));
    },
  };
}
