import { createHmac } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { BambooHRParts } from '../parts.js';
import type { Delivery } from './subscription.js';

/** Pauses before each repetition, in minutes. */
const PAUSES = [5, 10, 20, 40, 80] as const;
const ANSWER_WITHIN = 10_000;

/** Brings events to their receivers, signed. */
export class Courier {
  readonly #stop = new AbortController();

  constructor(private readonly parts: BambooHRParts) {}

  /**
   * Posts a payload. A 5xx is repeated five times; anything else, and an answer that never comes, is not.
   *
   * Source: documentation.bamboohr.com/docs/webhooks.
   *
   * @param log gets the status of each attempt; null stands for none
   */
  async deliver(to: Delivery, payload: object, log: (status: number | null) => void): Promise<void> {
    const body = JSON.stringify(payload);
    for (const pause of [0, ...PAUSES]) {
      await this.#wait(pause);
      if (this.#stop.signal.aborted) return;
      const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(ANSWER_WITHIN)]);
      const headers = this.#headers(to, body);
      const request = fetch(to.url, { method: 'POST', body, headers, redirect: 'manual', signal });
      const status = await request.then((answer) => answer.status).catch(() => null);
      log(status);
      if (status === null || status < 500) return;
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  // Every attempt is signed anew: the first repetition comes later than receivers accept the old timestamp.
  #headers({ privateKey, includeCompanyDomain }: Delivery, body: string): Record<string, string> {
    const timestamp = String(Math.floor(this.parts.now().getTime() / 1000));
    return {
      'Content-Type': 'application/json',
      'X-BambooHR-Timestamp': timestamp,
      'X-BambooHR-Signature': createHmac('sha256', privateKey)
        .update(body + timestamp)
        .digest('hex'),
      ...(includeCompanyDomain && { 'company-domain': this.parts.settings.companyDomain }),
    };
  }

  async #wait(minutes: number): Promise<void> {
    if (minutes === 0) return;
    const pause = minutes * this.parts.settings.webhookMinute;
    await wait(pause, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
