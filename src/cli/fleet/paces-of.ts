import type { Config } from '../../config/config.js';
import type { PaceRule } from '../../config/fleet-schema.js';
import { FleetPace } from '../../fleet/index.js';
import type { SharedPace } from '../../http/world.js';
import type { Paces } from '../../store/fleet.js';
import { type ConnectorPaces, digest } from '../connector.js';

/**
 * The limits of `fleet.yaml` for the two ends of each connector. Runs of one worker share what it has reserved. Keys stand in
 * the database as digests: they may be credentials.
 */
export function pacesOf(rules: readonly PaceRule[], paces: Paces, now: () => Date): (config: Config) => ConnectorPaces {
  const known = new Map<string, FleetPace>();
  const paceOf = (rule: string, key: string, perSecond: number): FleetPace => {
    const id = JSON.stringify([rule, key]);
    const pace = known.get(id) ?? new FleetPace({ paces, rule, key, perSecond, now });
    known.set(id, pace);
    return pace;
  };
  const sharedPace = (config: Config, side: 'source' | 'target'): SharedPace | undefined => {
    const rule = rules.find((one) => one.side === side && fits(one, config));
    if (rule === undefined) return undefined;
    const name = digest(JSON.stringify([rule.side, rule.type, rule.settings, rule.sharedBy]));
    const key = digest(keyOf(rule, config));
    const [reads, writes] = [rule.reads, rule.writes].map((perSecond, index) =>
      perSecond === null ? null : paceOf(rule.together || index === 0 ? name : `${name} writes`, key, perSecond),
    );
    const of = (method: string) => (method === 'GET' ? reads : writes) ?? null;
    return {
      turn: async (method) => of(method)?.turn(),
      holdBack: (method, milliseconds, slower) => of(method)?.holdBack(milliseconds, slower),
    };
  };
  return (config) => ({ source: sharedPace(config, 'source'), target: sharedPace(config, 'target') });
}

function fits({ side, type, settings }: PaceRule, config: Config): boolean {
  const held = settingsOf(config, side);
  return config[side].definition.type === type && Object.entries(settings).every(([key, value]) => held[key] === value);
}

// Without the setting that a limit is shared by, a connector shares it with nobody.
function keyOf({ sharedBy }: PaceRule, config: Config): string {
  const [side = '', key] = sharedBy.split('.');
  if (key === undefined || (side !== 'source' && side !== 'target')) return 'egress';
  return String(settingsOf(config, side)[key] ?? config.name);
}

function settingsOf(config: Config, side: 'source' | 'target'): Readonly<Record<string, unknown>> {
  const { settings } = config[side];
  return typeof settings === 'object' && settings !== null ? { ...settings } : {};
}
