import type { TargetDefinition } from './target.js';

/** Every target by its `type`; an adapter is loaded when it is used. */
export const TARGETS: Readonly<Record<string, () => Promise<TargetDefinition>>> = {
  learnamp: async () => (await import('./learnamp/index.js')).learnamp as TargetDefinition,
  '360learning': async () => (await import('./360learning/index.js')).learning360 as TargetDefinition,
  learnupon: async () => (await import('./learnupon/index.js')).learnupon as TargetDefinition,
  scim: async () => (await import('./scim/index.js')).scim as TargetDefinition,
};
