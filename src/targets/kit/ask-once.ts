/**
 * Asks for each key at the first need and remembers the answer; a failure is forgotten, so that the next need asks again.
 * `keyOf` tells which questions are the same; after `forget` all of them are asked again.
 */
export function askOnceEach<Question, Result>(
  ask: (question: Question) => Promise<Result>,
  keyOf: (question: Question) => unknown = (question) => question,
): ((question: Question) => Promise<Result>) & { forget(): void } {
  const known = new Map<unknown, Promise<Result>>();
  const answer = (question: Question) => {
    const key = keyOf(question);
    const asked =
      known.get(key) ??
      ask(question).catch((error: unknown) => {
        known.delete(key);
        throw error;
      });
    known.set(key, asked);
    return asked;
  };
  return Object.assign(answer, { forget: () => known.clear() });
}

/** The same for one question alone; after `forget` the next need asks again. */
export function askOnce<Result>(ask: () => Promise<Result>): (() => Promise<Result>) & { forget(): void } {
  let asked: Promise<Result> | null = null;
  const forget = () => {
    asked = null;
  };
  const answer = () => {
    asked ??= ask().catch((error: unknown) => {
      forget();
      throw error;
    });
    return asked;
  };
  return Object.assign(answer, { forget });
}
