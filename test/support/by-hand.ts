import { expect } from 'vitest';
import type { Connector } from './connector.js';

/** Does in Learn Amp what somebody does by hand. */
export async function byHand(connector: Connector, method: string, path: string, body?: object): Promise<void> {
  const { url } = connector.sandbox.control;
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${url}/learnamp/accounts/${path}`, { method, ...init });
  expect(answer.ok, `${method} ${path} ${answer.status}`).toBe(true);
}
