/** An ISO instant in UTC to the minute, as people read it: `2026-11-24 02:00 UTC`. */
export function sayMinute(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')} UTC`;
}

/** The same to the second. */
export function saySecond(instant: string): string {
  return `${instant.slice(0, 19).replace('T', ' ')} UTC`;
}
