import type { SystemRegistry } from './system.js';

/** The port of the control API, counted from the first one of the sandbox. */
export const CONTROL_PORT = 2;

/**
 * Every stand-in by the `type` of its adapter, in the order of the texts; it is loaded when a sandbox starts. Ports are given
 * out once and for all: a new stand-in takes the next number.
 */
export const SYSTEMS = {
  sources: {
    personio: { port: 0, load: async () => (await import('./personio/index.js')).personio },
    kombo: { port: 3, load: async () => (await import('./kombo/index.js')).kombo },
    bamboohr: { port: 8, load: async () => (await import('./bamboohr/index.js')).bamboohr },
  },
  targets: {
    learnamp: { port: 1, load: async () => (await import('./learnamp/index.js')).learnamp },
    '360learning': { port: 4, load: async () => (await import('./360learning/index.js')).learning360 },
    learnupon: { port: 5, load: async () => (await import('./learnupon/index.js')).learnupon },
    scim: { port: 6, load: async () => (await import('./scim/index.js')).scim },
  },
} as const satisfies SystemRegistry;
