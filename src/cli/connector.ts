import { hash, randomInt } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config/config.js';
import { type Day, dayIn } from '../core/day.js';
import type { TypeTable } from '../core/field-type.js';
import { compileMapping, type MappedField, type Mapping } from '../core/mapping.js';
import type { Policy } from '../core/policy.js';
import { InterruptedError } from '../errors.js';
import type { Log } from '../http/log.js';
import type { AdapterWorld } from '../http/world.js';
import type { Source } from '../sources/source.js';
import type { ConnectorIdentity, CredentialDigests, OpenStore } from '../store/store.js';
import type { Target } from '../targets/target.js';

/** A config with its two adapters opened. */
export interface Connector {
  readonly config: Config;
  readonly source: Source;
  readonly target: Target;
  readonly mapping: Mapping;
  readonly types: TypeTable;
  readonly identity: ConnectorIdentity;
  readonly credentials: CredentialDigests;
}

/** Opens both adapters of a config; nothing is called yet. */
export function openConnector(config: Config, world: AdapterWorld): Connector {
  const zoned = { ...world, timezone: config.timezone };
  const source = config.source.definition.open(config.source.settings, { ...zoned, side: 'source' });
  const target = config.target.definition.open(config.target.settings, { ...zoned, side: 'target' }, config.mapping);
  return {
    config,
    source,
    target,
    // What is never sent must not be remembered as if the LMS had it.
    mapping: compileMapping(
      config.mapping.filter((rule) => target.withheld(rule.field) === null),
      mappedFields(config),
      config.employeeKey,
      (field) => target.writesOnce?.(field) ?? false,
    ),
    types: config.target.definition.types,
    identity: { name: config.name, source: source.identity, target: target.identity },
    credentials: { source: credentialOf(config.source), target: credentialOf(config.target) },
  };
}

function credentialOf<Settings>({
  definition,
  settings,
}: {
  readonly definition: { credentialName?(settings: Settings): string };
  readonly settings: Settings;
}): string | null {
  return definition.credentialName === undefined ? null : digest(definition.credentialName(settings));
}

/** The LMS fields that a mapping may name, with what the target's settings tell of custom ones. */
export function mappedFields({ mapping, target: { definition, settings } }: Config): readonly MappedField[] {
  const told = mapping.flatMap(({ field: name }): readonly MappedField[] => {
    const type = definition.toldType?.(settings, name) ?? null;
    return type === null ? [] : [{ name, type, required: false, choices: null }];
  });
  // Of the fields that identify an account, the first that is mapped is the one that everybody needs.
  const identifier = definition.identifiers?.find((name) => mapping.some(({ field }) => field === name));
  const fields = definition.fields.map((field) => (field.name === identifier ? { ...field, required: true } : field));
  return [...fields, ...told];
}

/** The world that adapters are handed: a clock, real timers and chance, ended by a signal. */
export function realWorld(
  now: () => Date,
  signal: AbortSignal,
  log: Log,
  environment: AdapterWorld['environment'],
): AdapterWorld {
  // Every request that waits listens to the signal; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  return {
    now,
    sleep: async (milliseconds) => {
      await wait(milliseconds, undefined, { signal }).catch(() => {
        throw new InterruptedError();
      });
    },
    random: Math.random,
    randomInt: (below) => randomInt(below),
    log,
    signal,
    environment,
  };
}

/** What the core judges one run by. */
export function policyOf(config: Config, now: Date, asOf: string | undefined): Policy {
  const { scope, match, matchNames, protect, invitations, deactivation, read, safety, drift, rollout, failures } =
    config;
  const today = asOf ?? dayIn(config.timezone, now);
  const { zones } = config;
  const days = new Map([...(zones?.zones ?? [])].map(([place, zone]) => [place, asOf ?? dayIn(zone, now)]));
  const localDays = zones === null ? null : { from: zones.from, days };
  return {
    localDays,
    today,
    scope,
    match,
    matchNames,
    protect,
    invitations,
    deactivation,
    read,
    safety,
    drift,
    rollout,
    failures,
  };
}

/** The earliest day that it is anywhere the config knows of: nothing is overdue before it has come there. */
export function earliestDay({ timezone, zones }: Pick<Config, 'timezone' | 'zones'>, at: Date): Day {
  const days = [timezone, ...(zones?.zones.values() ?? [])].map((zone) => dayIn(zone, at));
  return days.reduce((earliest, day) => (day < earliest ? day : earliest));
}

/** A digest that is short enough to keep for everybody and long enough never to meet its like. */
export function digest(text: string): string {
  return hash('sha256', text, 'base64').slice(0, 22);
}

/** How the state of a connector is opened, in whatever mode. */
export function statePlace(
  { config, identity }: Pick<Connector, 'config' | 'identity'>,
  now: () => Date,
): Omit<OpenStore, 'mode'> {
  return { file: config.state, identity, now, secrets: config.secrets };
}

/** Names a line of the config: `mapping.email (line 23)`. */
export function placeIn(config: Pick<Config, 'lineOf'>, path: readonly string[]): string {
  const line = config.lineOf(path);
  return `${path.join('.')}${line === null ? '' : ` (line ${line})`}`;
}
