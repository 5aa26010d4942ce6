import type * as z from 'zod';
import type { BudgetError } from '../../errors.js';
import { createHttpClient } from '../../http/axios-client.js';
import type { HttpAnswer, HttpRequest } from '../../http/client.js';
import { clientOptions } from '../../http/settings.js';
import type { AdapterWorld } from '../../http/world.js';
import { createAnswers } from '../kit/answers.js';
import { Budget } from './budget.js';
import { type Concern, TITLE, translated } from './errors.js';
import type { LearnUponSettings } from './settings.js';

/** Requests to one portal's API, with errors in the words of the target contract. */
export interface Connection {
  send(request: HttpRequest, concern: Concern): Promise<HttpAnswer>;
  /** Sends a request and reads the answer by its schema. */
  read<Body>(schema: z.ZodType<Body>, request: HttpRequest, concern: Concern): Promise<Body>;
  /** The body of an answer by its schema. */
  parsed<Body>(schema: z.ZodType<Body>, request: HttpRequest, answer: HttpAnswer): Body;
  /** Lets a change or look-up begin; throws `BudgetError` when the budget is used up. */
  admit(): void;
  /** What of the budget is used up. */
  usedUp(): BudgetError | null;
}

/** Opens a connection with HTTP Basic: https://docs.learnupon.com/api/ */
export function connect(settings: LearnUponSettings, world: AdapterWorld): Connection {
  const budget = new Budget(settings, world);
  const keys = Buffer.from(`${settings.username}:${settings.password}`).toString('base64');
  const { parsed } = createAnswers({ title: TITLE, baseUrl: settings.base_url });
  const http = createHttpClient({
    system: TITLE,
    baseUrl: settings.base_url,
    ...clientOptions(settings),
    headers: { authorization: `Basic ${keys}` },
    world,
  });

  async function send(request: HttpRequest, concern: Concern): Promise<HttpAnswer> {
    try {
      return await budget.spend(() => http.request(request));
    } catch (error) {
      throw translated(error, concern, settings);
    }
  }

  return {
    send,
    parsed,
    read: async (schema, request, concern) => parsed(schema, request, await send(request, concern)),
    admit: () => budget.admit(),
    usedUp: () => budget.usedUp(),
  };
}
