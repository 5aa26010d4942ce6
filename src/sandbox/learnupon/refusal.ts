import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Ends a request with an error as LearnUpon words it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: ContentfulStatusCode,
    message: string,
    /** Problems of the JSON itself are told in another shape. */
    private readonly shape: 'message' | 'error' = 'message',
  ) {
    super(message);
  }

  get body(): object {
    if (this.shape === 'error') return { error: this.message };
    return { response_type: 'ERROR', response_code: this.status, message: this.message };
  }
}

export const notFound = (thing: string): Refusal => new Refusal(404, `${thing} not found`);
