import { createScrubber } from '../scrub.js';

/** The part of a Node stream that reports are written to. */
export interface Stream {
  // biome-ignore lint/suspicious/noConfusingVoidType: a stand-in that collects text may return nothing
  write(text: string): boolean | void;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly destroyed?: boolean | undefined;
  on?(event: 'error', listener: (error: unknown) => void): unknown;
  once?(event: 'drain' | 'close', listener: () => void): unknown;
  off?(event: 'drain' | 'close', listener: () => void): unknown;
}

/** Replaces what must not be seen. */
export type Redact = (text: string) => string;

const SHORTEST_SECRET = 6;

/**
 * The last line of defence: replaces every secret of the config by `***`, however it is spelled. Shorter ones than six
 * characters are left: they would tear holes into ordinary words. The list may still grow.
 */
export function redactor(secrets: readonly string[]): Redact {
  const scrubber = createScrubber({ shortest: SHORTEST_SECRET });
  let known = 0;
  return (text) => {
    for (const secret of secrets.slice(known)) scrubber.add(secret);
    known = secrets.length;
    return scrubber.scrub(text);
  };
}

/** A stream that is written to through a filter, and that makes large reports wait for slow readers. */
export class Output {
  constructor(
    readonly stream: Stream,
    private readonly redact: Redact,
  ) {}

  /** Writes at once; what the reader has not taken yet is buffered. */
  write(text: string): void {
    this.stream.write(this.redact(text));
  }

  /** Writes and waits until the reader keeps up. */
  async send(text: string): Promise<void> {
    if (this.stream.write(this.redact(text)) === false) await this.#drained();
  }

  /** Sends texts in chunks of a size that streams like. */
  async sendAll(texts: AsyncIterable<string>): Promise<void> {
    let chunk = '';
    for await (const text of texts) {
      chunk += text;
      if (chunk.length < 16_384) continue;
      await this.send(chunk);
      chunk = '';
    }
    if (chunk !== '') await this.send(chunk);
  }

  // A reader that goes away (`| head`) never drains: the stream closes.
  #drained(): Promise<void> {
    const { stream } = this;
    if (stream.once === undefined || stream.destroyed === true) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        stream.off?.('drain', done);
        stream.off?.('close', done);
        resolve();
      };
      stream.once?.('drain', done);
      stream.once?.('close', done);
    });
  }
}
