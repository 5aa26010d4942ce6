import type { EventSender } from '../sources/events.js';
import type { Dropped, Outcome } from './outcome.js';

/** Minimum interval between log lines for the same refusal, in ms. */
const EVERY = 60_000;

/**
 * Tells of deliveries that were turned away: of the first of a kind at once, of more once a minute, so that nobody can
 * fill a log from outside. What a delivery held is never told, not even whom it was about.
 */
export class DoorLog {
  readonly #told = new Map<string, { at: number; since: number }>();

  constructor(
    private readonly tell: (sentence: string) => void,
    private readonly now: () => Date,
    private readonly senders: readonly EventSender[] = [],
  ) {}

  /** @param from the `type` of a sender, or `any` */
  saw(from: string, outcome: Outcome): void {
    const sender = this.senders.find(({ type }) => type === from);
    const sentence = sentenceFor(sender, outcome);
    if (sentence !== null) this.say(sentence);
  }

  /** A connection was closed by the door. Its address is personal data, and is not told. */
  dropped(why: Dropped): void {
    this.say(`closed a connection: ${DROPPED[why]}`);
  }

  /** Tells any sentence under the same limit. It must come from a small set: each is remembered. */
  say(sentence: string): void {
    const at = this.now().getTime();
    const before = this.#told.get(sentence);
    if (before !== undefined && at - before.at < EVERY) {
      before.since += 1;
      return;
    }
    const more = before === undefined || before.since === 0 ? '' : ` (and ${before.since} more like it before)`;
    this.#told.set(sentence, { at, since: 0 });
    this.tell(`${sentence}${more}`);
  }
}

const DROPPED = {
  handshake: 'it made no TLS handshake within 5 seconds',
  tls: 'its TLS handshake failed',
  slow: 'it sent no whole request in time',
  malformed: 'what it sent is no HTTP request, or has headers above 8 KiB',
  crowded_address: 'its address had too many open, and it was silent for longest',
  crowded: 'too many were open, and it was silent for longest',
} as const;

function sentenceFor(sender: EventSender | undefined, outcome: Outcome): string | null {
  const title = sender?.title ?? 'anybody';
  switch (outcome) {
    case 'kept':
    case 'repeated':
    case 'ignored':
    case 'cut_off':
      return null;
    case 'refused':
      return sender === undefined ? null : `refused a delivery to /webhooks/${sender.type}: ${sender.events.refusal}`;
    case 'malformed':
      return `refused a delivery that is not in the form of ${title}`;
    case 'too_large':
      return 'refused a delivery with a body above 64 KiB';
    case 'busy':
      return 'more deliveries come than are taken in a second: senders are told to come again';
    case 'full':
      return 'the inbox is full, because no run deals with the events in it: senders are told to come again; see "hrsync runs" for why runs fail';
    case 'unkept':
      return `a delivery of ${title} could not be written down: it is told to come again; see that the disk of the state has room`;
  }
}
