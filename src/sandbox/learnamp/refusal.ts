import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Body of an error: all messages in one text, and where they belong to fields, by field. */
interface RefusalBody {
  readonly error: string;
  readonly fullErrors?: Readonly<Record<string, readonly string[]>>;
}

/** Ends a request with an error as Learn Amp words it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: ContentfulStatusCode,
    readonly body: RefusalBody,
  ) {
    super(body.error);
  }
}

/** A message without fields. */
export function refuse(status: ContentfulStatusCode, error: string): Refusal {
  return new Refusal(status, { error });
}

/** Messages by field; the text holds each as `<field> <reason>`. */
export function invalid(fullErrors: Readonly<Record<string, readonly string[]>>): Refusal {
  const messages = Object.entries(fullErrors).flatMap(([field, reasons]) => reasons.map((one) => `${field} ${one}`));
  return new Refusal(400, { error: messages.join(', '), fullErrors });
}

/** What the database refuses: `Validation failed: Email has already been taken`. */
export function validationFailed(field: string, title: string, reason: string): Refusal {
  return new Refusal(400, { error: `Validation failed: ${title} ${reason}`, fullErrors: { [field]: [reason] } });
}

export const notFound = (): Refusal => refuse(404, 'Not found');
