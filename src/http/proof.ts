import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Compares two texts in a time that tells nothing of either, not even of their lengths. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}

/** HMAC-SHA256 over the bytes of all parts, one after the other; base64url comes without padding. */
export function hmacSha256(
  parts: readonly (string | Uint8Array)[],
  secret: string,
  encoding: 'hex' | 'base64url',
): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest(encoding);
}
