/** A subscription to the events of an HR system. */
export interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly isEnabled: boolean;
  readonly events: readonly string[];
  /** What proves its deliveries, where the HR system makes it up and shows it once: a setting of the block `serve.TYPE`. */
  readonly secret?: { readonly setting: string; readonly value: string };
}

/** Manages the subscriptions of an HR system. Throws what a source throws. `Block` is the block `serve.TYPE`. */
export interface WebhookAdmin<Block = unknown> {
  list(): Promise<readonly Subscription[]>;
  /**
   * Subscribes an address to every event that concerns hrsync, or brings its subscription up to date. `block` is undefined
   * where the config has none; a UsageError says which setting is missing.
   */
  register(url: string, block: Block | undefined): Promise<Subscription>;
  /** Has the HR system send a ping to the address of a subscription; false when there is no such subscription. */
  ping(id: string): Promise<boolean>;
  /** False when there is no such subscription. */
  remove(id: string): Promise<boolean>;
}
