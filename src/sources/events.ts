import type * as z from 'zod';
import type { HrEvent } from '../core/hr-event.js';

/** What came with a delivery before its body was read. */
export interface DeliveryHead {
  readonly headers: Headers;
  /** When it came, by our clock. */
  readonly now: Date;
}

/** A delivery with the very bytes of its body. */
export interface Delivery extends DeliveryHead {
  readonly body: Uint8Array;
}

/**
 * How a delivery is known to come from the HR system. One that the headers prove is turned away before its body is read.
 * Texts are compared by `isSame` of `http/proof`, in constant time.
 */
type DeliveryProof<Settings> =
  | { readonly by: 'headers'; holds(delivery: DeliveryHead, settings: Settings): boolean }
  | { readonly by: 'body'; holds(delivery: Delivery, settings: Settings): boolean };

/**
 * What a source says of its webhooks: `hrsync serve` takes POST /webhooks/TYPE where the config has a block `serve.TYPE`.
 * A delivery that was kept, came before or concerns nobody is answered with 204, one that is to come again with 503, a
 * wrong proof with 401, a body in another form with 400.
 */
export interface EventIntake<Settings = unknown> {
  /** The block `serve.TYPE`: a strict object. Secrets go by a name that `config` takes for one (token, secret, private_key). */
  readonly settings: z.ZodType<Settings>;
  readonly proof: DeliveryProof<Settings>;
  /** Why a proof does not hold, as the rest of a log line. It names the setting, and nothing of the delivery. */
  readonly refusal: string;
  /**
   * The events of a delivery, from its parsed JSON. None: nothing in it concerns us. `malformed`: it is no delivery. One
   * event must have the same key in every delivery, begun with the `type` of the source.
   */
  read(body: unknown, settings: Settings): readonly HrEvent[] | 'malformed';
}

/** A source that may send webhooks, with its block of the config as the schema gives it. */
export interface EventSender {
  readonly type: string;
  readonly title: string;
  readonly events: EventIntake;
  readonly settings: unknown;
}
