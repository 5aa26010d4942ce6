import type { SourceDefinition } from './source.js';

/** Every source by its `type`, in the order in which `init` offers them; an adapter is loaded when it is used. */
export const SOURCES: Readonly<Record<string, () => Promise<SourceDefinition>>> = {
  personio: async () => (await import('./personio/index.js')).personio as SourceDefinition,
  kombo: async () => (await import('./kombo/index.js')).kombo as SourceDefinition,
  bamboohr: async () => (await import('./bamboohr/index.js')).bamboohr as SourceDefinition,
  csv: async () => (await import('./csv/index.js')).csv as SourceDefinition,
};
