import { type AdapterSetting, adapterSettings } from '../../config/adapter-settings.js';
import { isSecretName } from '../../config/secrets.js';
import { SOURCES } from '../../sources/registry.js';
import type { SourceDefinition } from '../../sources/source.js';
import { TARGETS } from '../../targets/registry.js';
import type { TargetDefinition } from '../../targets/target.js';
import type { Choice } from '../ask/choice.js';
import { variableFor } from './answers.js';

/** The definition of an adapter of either side. */
export type AnyDefinition = SourceDefinition | TargetDefinition;

/** The two ends of a connector, as the sections of its config are called. */
export type Side = 'source' | 'target';

/** Every system that a config may name, in the order in which they are offered. */
export interface Systems {
  readonly source: readonly SourceDefinition[];
  readonly target: readonly TargetDefinition[];
}

/** Loads the definitions of all adapters: their titles are the choices. */
export async function loadSystems(): Promise<Systems> {
  const [source, target] = await Promise.all([
    Promise.all(Object.values(SOURCES).map((load) => load())),
    Promise.all(Object.values(TARGETS).map((load) => load())),
  ]);
  return { source, target };
}

/** The systems of one side as numbered answers. */
export function choicesOf(definitions: readonly AnyDefinition[]): readonly Choice[] {
  return definitions.map(({ type, title, setup }) => {
    return { value: type, label: title, ...(setup?.reaches && { also: setup.reaches }) };
  });
}

/** The settings of one end, those of the chosen way to log in among the required ones. */
export function settingsOf(definition: AnyDefinition, login: readonly string[] | null): readonly AdapterSetting[] {
  const settings = adapterSettings(definition);
  return settings.map((setting) => (login?.includes(setting.name) ? { ...setting, required: true } : setting));
}

/** The ways to log in, as numbered answers; none where there is only one. */
export function loginChoices({ setup }: AnyDefinition): readonly Choice[] {
  return (setup?.logins ?? []).map(({ title, settings }) => ({ value: settings.join(' '), label: title }));
}

/** The settings of the way to log in that was chosen, that `--set` speaks of, or that is usual; null where nothing is to choose. */
export function loginOf(
  { setup }: AnyDefinition,
  chosen: string | undefined,
  given: readonly string[],
): readonly string[] | null {
  const ways = (setup?.logins ?? []).map(({ settings }) => settings);
  const told = ways.find((way) => way.join(' ') === chosen || way.some((name) => given.includes(name)));
  return told ?? ways[0] ?? null;
}

/** A required setting that a variable holds unless its value is known. */
export interface Wanted {
  readonly side: Side;
  readonly name: string;
  readonly label: string;
  readonly variable: string;
  readonly secret: boolean;
}

/** The settings of an end that only the customer knows and that no example stands for. */
export function wantedOf(side: Side, type: string, settings: readonly AdapterSetting[]): readonly Wanted[] {
  return settings
    .filter(({ required, example }) => required && example === null)
    .map(({ name, label }) => {
      return { side, name, label: label ?? name, variable: variableFor(type, name), secret: isSecretName(name) };
    });
}

/** What is wrong with a value of one setting, or null. */
export function problemOf({ settings }: AnyDefinition, name: string, value: string): string | null {
  const issues = settings.safeParse({ [name]: value }).error?.issues ?? [];
  return issues.find(({ path }) => path[0] === name)?.message ?? null;
}
