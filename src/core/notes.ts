/**
 * What a target asks to be told again in the next run: keys of its own, each with ids of the LMS. The state keeps it and
 * nobody else reads it; it holds no personal data.
 */
export type Notes = Readonly<Record<string, readonly string[]>>;
