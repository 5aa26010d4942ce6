import { parseHttpDate } from './clock-skew.js';

/**
 * How long a `Retry-After` header asks to wait, in milliseconds; null when it says nothing that can be read. Seconds and
 * HTTP dates are both legal (RFC 9110, section 10.2.3); a date in the past asks for no wait.
 */
export function parseRetryAfter(value: string | undefined, now: Date): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000);
  const at = parseHttpDate(text);
  return at === null ? null : Math.max(0, at - now.getTime());
}
