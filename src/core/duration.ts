/** Reads a duration such as `26h`, `90m` or `2d`, in milliseconds; null when it is none. */
export function duration(text: string): number | null {
  const [, count, unit] = /^(\d+)(m|h|d)$/.exec(text.trim()) ?? [];
  if (count === undefined) return null;
  return Number(count) * (unit === 'm' ? 60_000 : unit === 'h' ? 3_600_000 : 86_400_000);
}
