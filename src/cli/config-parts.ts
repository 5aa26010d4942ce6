import type { Config } from '../config/config.js';
import { isSecretName } from '../config/secrets.js';
import { digest } from './connector.js';

/** A digest of each part of a config that decides what a plan is, by the key that the file has for it. */
export type ConfigParts = Readonly<Record<string, string>>;

const MAPPING = 'mapping.';
// A rotated credential, another pace or another way through the network changes no plan.
const NO_PART =
  /^(client_id|username|requests_per_second|reads_per_second|concurrency|timeout_seconds|proxy|ca_file|max_requests_per_run)$/;

/** Takes the digests of a config's parts. No secret goes into one. */
export function partsOf(config: Config): ConfigParts {
  const { scope, match, matchNames, protect, invitations, deactivation, safety, read, drift, rollout, timezone } =
    config;
  const parts: readonly (readonly [string, unknown])[] = [
    ['employees.key', config.employeeKey],
    ['employees.filter', scope.filter],
    ['employees.filter_applies_to_inactive', scope.appliesToInactive],
    ['match', match],
    ['match_names', matchNames],
    ['protect', protect],
    ['invitations', invitations],
    ['deactivation', deactivation],
    ['safety', { safety, read }],
    ['drift', drift],
    // Left out while everything is on, so that a plan of an earlier version has the same parts.
    ...(Object.values(rollout).every(Boolean) ? [] : [['rollout', rollout] as const]),
    ['timezone', timezone],
    ...(config.zones === null ? [] : [['timezones', [config.zones.from, [...config.zones.zones]]] as const]),
    ['source', config.source.settings],
    ['target', config.target.settings],
    ...config.mapping.map((rule) => [`${MAPPING}${rule.field}`, rule] as const),
  ];
  return Object.fromEntries(parts.map(([name, value]) => [name, digest(JSON.stringify(value, withoutSettings))]));
}

/** The keys of the parts that differ. */
export function movedKeys(before: ConfigParts, now: ConfigParts): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].filter((name) => before[name] !== now[name]);
}

/** Says which parts differ, the mapping by itself; nothing where all are the same. */
export function movedParts(before: ConfigParts, now: ConfigParts): readonly string[] {
  const names = movedKeys(before, now);
  const fields = names.filter((name) => name.startsWith(MAPPING)).map((name) => name.slice(MAPPING.length));
  const others = names.filter((name) => !name.startsWith(MAPPING));
  return [
    ...(others.length > 0 ? [`the config: ${others.join(', ')} has changed`] : []),
    ...(fields.length > 0 ? [`the mapping has changed (${fields.join(', ')})`] : []),
  ];
}

function withoutSettings(key: string, value: unknown): unknown {
  return isSecretName(key) || NO_PART.test(key) ? undefined : value;
}
