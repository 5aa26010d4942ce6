/** Notes which calls BambooHR announces to end, by the headers of its answers (RFC 9745, RFC 8594). */
export class Deprecations {
  readonly #sentences = new Map<string, string>();

  /** `call` is method and path, without ids. */
  note(call: string, { deprecation, sunset }: Readonly<Record<string, string>>): void {
    if (deprecation === undefined && sunset === undefined) return;
    const end = sunset === undefined ? 'it names no end' : `it ends on ${sunset.slice(0, 40)}`;
    this.#sentences.set(call, `BambooHR marks ${call} as deprecated, and ${end}`);
  }

  /** One sentence for each call, in the order in which they were made. */
  get sentences(): readonly string[] {
    return [...this.#sentences.values()];
  }
}
