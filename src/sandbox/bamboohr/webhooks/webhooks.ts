import { randomBytes } from 'node:crypto';
import type { BambooHRParts } from '../parts.js';
import { instantText } from '../people/last-changed.js';
import { sightOf } from '../people/sight.js';
import type { ApiKey } from '../settings.js';
import { Courier } from './courier.js';
import { payloadFor } from './payload.js';
import { type CompanyChange, happeningsBetween, type Portraits, portraitsOf } from './portraits.js';
import type { Delivery, Subscription } from './subscription.js';

/** The log keeps so many attempts. */
const LOGGED = 200;

/** One attempt of a delivery. */
export interface Attempt {
  readonly webhookId: string;
  readonly url: string;
  readonly lastAttempted: string;
  /** Null when there was no answer. */
  readonly statusCode: number | null;
}

/** The webhooks of the account, and the deliveries to them. */
export class Webhooks {
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #attempts = new Map<number, Attempt[]>();
  readonly #courier: Courier;
  #nextId = 1;
  /** All employees at the last call of `happened`; null while there are no webhooks. */
  #portraits: Portraits | null = null;

  constructor(private readonly parts: BambooHRParts) {
    this.#courier = new Courier(parts);
    this.watch();
  }

  /** Starts to watch the company once there is a webhook, so that the next happening has something to compare with. */
  watch(): void {
    const isHeard = this.#subscriptions.size + this.parts.settings.globalWebhooks.length > 0;
    this.#portraits = isHeard ? (this.#portraits ?? portraitsOf(this.parts)) : null;
  }

  /** Delivers what changed in HR since the last call, by an event or by a new day. */
  happened(): void {
    const before = this.#portraits;
    if (before === null) {
      this.watch();
      return;
    }
    this.#portraits = portraitsOf(this.parts);
    for (const happening of happeningsBetween(before, this.#portraits, this.parts)) this.#tell(happening);
  }

  stop(): void {
    this.#courier.stop();
  }

  /** Those that a key made. */
  of({ key }: ApiKey): readonly Subscription[] {
    return [...this.#subscriptions.values()].filter(({ owner }) => owner === key);
  }

  find(id: number, key: ApiKey): Subscription | null {
    return this.of(key).find((one) => one.id === id) ?? null;
  }

  add(
    given: Omit<Subscription, 'id' | 'privateKey' | 'created' | 'lastSent' | 'owner'>,
    { key }: ApiKey,
  ): Subscription {
    const id = this.#nextId;
    this.#nextId += 1;
    const made = { id, privateKey: randomBytes(16).toString('hex'), created: instantText(this.parts.now()) };
    const subscription = { ...given, ...made, lastSent: null, owner: key };
    this.#subscriptions.set(id, subscription);
    this.watch();
    return subscription;
  }

  replace(subscription: Subscription): void {
    this.#subscriptions.set(subscription.id, subscription);
  }

  remove({ id }: Subscription): void {
    this.#subscriptions.delete(id);
    this.watch();
  }

  /** The attempts of a webhook, the newest first. */
  attempts({ id }: Subscription): readonly Attempt[] {
    return (this.#attempts.get(id) ?? []).toReversed();
  }

  #tell(happening: CompanyChange): void {
    const { keys, globalWebhooks } = this.parts.settings;
    for (const subscription of this.#subscriptions.values()) {
      const owner = keys.find(({ key, enabled }) => key === subscription.owner && enabled);
      if (owner === undefined) continue;
      const payload = payloadFor(happening, subscription, sightOf(owner), this.parts);
      if (payload !== null) this.#send(subscription, payload, (status) => this.#log(subscription, status));
    }
    for (const webhook of globalWebhooks) {
      const payload = payloadFor(happening, webhook, null, this.parts);
      if (payload !== null) this.#send(webhook, payload, () => undefined);
    }
  }

  #send(to: Delivery, payload: object, log: (status: number | null) => void): void {
    void this.#courier.deliver(to, payload, log);
  }

  #log({ id, url }: Subscription, statusCode: number | null): void {
    const lastAttempted = instantText(this.parts.now());
    const attempts = [...(this.#attempts.get(id) ?? []), { webhookId: String(id), url, lastAttempted, statusCode }];
    this.#attempts.set(id, attempts.slice(-LOGGED));
    const subscription = this.#subscriptions.get(id);
    if (subscription !== undefined) this.#subscriptions.set(id, { ...subscription, lastSent: lastAttempted });
  }
}
