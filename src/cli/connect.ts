import type { Config } from '../config/config.js';
import { readEnvironment } from '../config/environment.js';
import type { Log } from '../http/log.js';
import type { Reporter } from '../report/reporter.js';
import { type Connector, openConnector, realWorld } from './connector.js';
import type { CommandWorld } from './process.js';

/** The log of adapters: what is told goes to the reporter. */
export function logOf(reporter: Reporter): Log {
  return {
    debug: (sentence, facts = {}) => reporter.note(withFacts(sentence, facts), { detail: true }),
    warn: (sentence, facts = {}) => reporter.note(withFacts(sentence, facts)),
  };
}

/** Opens the adapters of a config for one command, told what to log and when to stop. */
export function connect(config: Config, { reporter, signal, host, now, longestWait }: CommandWorld): Connector {
  const world = realWorld(now, signal, logOf(reporter), readEnvironment(host.env));
  if (longestWait === undefined) return openConnector(config, world);
  return openConnector(config, { ...world, sleep: (pause) => world.sleep(Math.min(pause, longestWait)) });
}

/** The world of a command that has loaded its config already. */
export function withConfig(world: CommandWorld, config: Config): CommandWorld {
  return { ...world, loadConfig: async () => config };
}

function withFacts(sentence: string, facts: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(facts).map(([key, value]) => `${key}=${String(value)}`);
  return [sentence, ...pairs].join(' ');
}
