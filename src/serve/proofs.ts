import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Compares two texts in a time that tells nothing of either, not even of their lengths. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));
}

/** What Kombo signs a body with: HMAC-SHA256 over its very bytes, in base64url without padding. */
export function komboSignature(body: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('base64url');
}
