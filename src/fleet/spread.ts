import { createHash } from 'node:crypto';

const MINUTE = 60_000;

/**
 * By how much a connector's times are moved back, in ms: whole minutes from 0 to `spread`, the same each night. The name
 * alone decides, so that no host has to know what another one chose.
 */
export function offsetOf(name: string, spread: number): number {
  const minutes = Math.floor(spread / MINUTE) + 1;
  return (createHash('sha256').update(name).digest().readUInt32BE(0) % minutes) * MINUTE;
}
