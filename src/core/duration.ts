/** Milliseconds in a unit of a duration. */
const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a duration such as `30s`, `90m`, `26h` or `2d`, in milliseconds; null when it is none. */
export function duration(text: string): number | null {
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text.trim()) ?? [];
  return count === undefined ? null : Number(count) * (UNITS[unit] ?? 0);
}
