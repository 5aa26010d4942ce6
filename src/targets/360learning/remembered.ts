/** What was asked for already, or is asked for now; a failure is forgotten, so that the next one tries again. */
export function remembered<Result>(
  held: Promise<Result> | null,
  ask: () => Promise<Result>,
  keep: (next: Promise<Result> | null) => unknown,
): Promise<Result> {
  if (held !== null) return held;
  const asked = ask().catch((error: unknown) => {
    keep(null);
    throw error;
  });
  keep(asked);
  return asked;
}
