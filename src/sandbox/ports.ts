import { CONTROL_PORT, SYSTEMS } from './registry.js';

const OFFSETS = Object.entries({ ...SYSTEMS.sources, ...SYSTEMS.targets }).map(
  ([name, { port }]) => [name, port] as const,
);

/** Number of ports that the whole sandbox takes. */
export const PORTS = 1 + Math.max(CONTROL_PORT, ...OFFSETS.map(([, offset]) => offset));

/** The port of each stand-in, and of the control API, where the first one is given. */
export function portsFrom(first: number): Readonly<Record<string, number>> {
  const ports = OFFSETS.map(([name, offset]) => [name, first + offset] as const);
  return { ...Object.fromEntries(ports), control: first + CONTROL_PORT };
}
