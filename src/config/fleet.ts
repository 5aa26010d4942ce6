import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import { ConfigError, type ConfigProblem, UsageError } from '../errors.js';
import { scheduleSchema } from './between-nights.js';
import type { Config } from './config.js';
import { readDocument } from './document.js';
import { blindOutside, connectorOutside, connectorProblems, type RuleBook } from './fleet-rules.js';
import { type FleetDocument, fleetSchema } from './fleet-schema.js';
import { inspect } from './inspect.js';
import { ADAPTERS, type Adapters, findFile } from './load.js';
import { outsideOf } from './outside.js';
import { lookAtText, parseConfig } from './parse.js';
import { labelsSchema } from './schema.js';
import { secretsOf } from './secrets.js';
import { pathText } from './trouble.js';
import { trustIn } from './trust.js';

/** A fleet, read, checked and trusted. */
export interface Fleet extends FleetDocument {
  /** Absolute path of `fleet.yaml`, and of the folder with the connectors' files. */
  readonly file: string;
  readonly connectors: string;
  readonly secretTexts: readonly string[];
}

/** Where to look for `fleet.yaml`, and what its references are resolved with. */
export interface FleetPlace {
  readonly path: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  readonly adapters?: Adapters | undefined;
}

/** Finds and reads `fleet.yaml`: `--config`, else what `HRSYNC_FLEET` names, else `./fleet.yaml`. */
export async function loadFleet({ adapters = ADAPTERS, ...place }: FleetPlace): Promise<Fleet> {
  const { file, text } = await findFile(place, { variable: 'HRSYNC_FLEET', usual: 'fleet.yaml' });
  const document = await readDocument(text, file, outsideOf(place.environment, dirname(file)));
  const trust = trustIn(file);
  const distrusted = document.leaves.flatMap(({ path, resolved: { commands, files } }) => {
    const reason = commands.map(trust.command).find((why) => why !== null) ?? (files.length > 0 ? trust.file() : null);
    return reason === null ? [] : [document.places.locate({ path, message: reason, suggestion: null })];
  });
  const referred = new Set(
    document.leaves.filter(({ resolved }) => resolved.referred).map(({ path }) => pathText(path)),
  );
  const schema = fleetSchema(Object.keys(adapters.sources), Object.keys(adapters.targets));
  const inspected = inspect(schema, {
    value: document.root,
    path: [],
    places: document.places,
    isReference: (path) => referred.has(pathText(path)),
  });
  const problems = [...document.problems, ...distrusted, ...('problems' in inspected ? inspected.problems : [])];
  if (problems.length > 0 || !('output' in inspected)) throw new ConfigError(inOrder(problems));
  const { output } = inspected;
  const secretTexts = secretsOf(document.leaves).values;
  return { ...output, file, connectors: resolve(dirname(file), output.connectors), secretTexts };
}

/**
 * Whether a place names a fleet rather than a connector of its own: its file says which database, or only the variable of a
 * fleet is set.
 */
export async function namesFleet({ path, environment, workingDirectory }: FleetPlace): Promise<boolean> {
  const fleet = environment['HRSYNC_FLEET'];
  if (path === undefined) return Boolean(fleet) && !environment['HRSYNC_CONFIG'];
  const text = await readFile(resolve(workingDirectory, path), 'utf8').catch(() => '');
  return /^database\s*:/m.test(text);
}

/** What of a connector's file the database keeps beside the text, so that nobody has to read the text to know it. */
export interface ConnectorFacts {
  readonly name: string;
  readonly tenant: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly timezone: string;
  readonly schedule: { readonly importAll: string | null; readonly sync: string | null };
  readonly source: string;
  readonly target: string;
}

/** A connector's file as it stands in the folder. */
export interface ConnectorFile extends ConnectorFacts {
  readonly text: string;
}

/**
 * Reads every file of the connectors' folder, and asks nobody for what they refer to.
 *
 * @throws ConfigError with every problem of every file
 */
export async function readConnectors(fleet: Fleet, place: Omit<FleetPlace, 'path'>): Promise<readonly ConnectorFile[]> {
  const files = await listFiles(fleet);
  const read = await Promise.all(files.map((file) => readConnector(fleet, file, place)));
  const problems = read.flatMap((one) => ('problems' in one ? one.problems : []));
  if (problems.length > 0) throw new ConfigError(problems);
  return read.flatMap((one) => ('problems' in one ? [] : [one]));
}

/** The text of one connector's file, or null where the folder has none. */
export async function readConnectorText(fleet: Fleet, name: string): Promise<string | null> {
  return readFile(fileOf(fleet, name), 'utf8').catch(() => null);
}

/** A connector's config, from the text that the database or the folder holds, with its references followed. */
export async function connectorConfig(
  fleet: Fleet,
  { name, text }: { readonly name: string; readonly text: string },
  { environment, adapters = ADAPTERS }: Omit<FleetPlace, 'path'>,
): Promise<Config> {
  const book = ruleBook(fleet, environment);
  const config = await parseConfig(text, {
    file: fileOf(fleet, name),
    readableByOthers: false,
    outside: connectorOutside(name, book),
    rules: (document) => connectorProblems(document, name, book),
    ...adapters,
  });
  const { database: url, lease } = fleet;
  const state = { kind: 'database', url, connector: name, lease } as const;
  return { ...config, state, secrets: [...config.secrets, ...fleet.secretTexts] };
}

async function listFiles({ connectors, file }: Fleet): Promise<readonly string[]> {
  const names = await readdir(connectors).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new UsageError(`${connectors} cannot be read (${code}); "connectors" in ${file} names the folder`);
  });
  const files = names.filter((name) => name.endsWith('.yaml') && !name.startsWith('.')).toSorted();
  const odd = files.find((name) => !/^[A-Za-z0-9_-]{1,64}\.yaml$/.test(name));
  if (odd !== undefined)
    throw new UsageError(
      `${join(connectors, odd)}: a connector's file is called NAME.yaml, of letters, digits, - and _`,
    );
  return files;
}

async function readConnector(
  fleet: Fleet,
  fileName: string,
  { environment, adapters = ADAPTERS }: Omit<FleetPlace, 'path'>,
): Promise<ConnectorFile | { readonly problems: readonly ConfigProblem[] }> {
  const name = basename(fileName, '.yaml');
  const file = fileOf(fleet, name);
  const text = await readFile(file, 'utf8');
  const book = ruleBook(fleet, environment);
  const outside = blindOutside(name, book);
  try {
    await lookAtText(text, {
      ...{ file, readableByOthers: false, outside, blind: true, ...adapters },
      rules: (document) => connectorProblems(document, name, book),
    });
    const { root } = await readDocument(text, file, outside);
    return { ...factsOf(root, name, fleet.fairness.tenant), text };
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems };
    throw error;
  }
}

const factsSchema = z.object({
  timezone: z.string().default('UTC'),
  labels: labelsSchema.default({}),
  schedule: z.preprocess((value) => value ?? {}, scheduleSchema),
  source: z.object({ type: z.string() }),
  target: z.object({ type: z.string() }),
});

// The whole schema has passed the document already.
function factsOf(root: unknown, name: string, tenant: string): ConnectorFacts {
  const { labels, timezone, schedule, source, target } = factsSchema.parse(root);
  return {
    name,
    labels,
    timezone,
    schedule,
    source: source.type,
    target: target.type,
    tenant: tenantOf(tenant, name, labels),
  };
}

/** The customer of a connector by the template of `fairness.tenant`; a connector without that label is its own. */
export function tenantOf(template: string, name: string, labels: Readonly<Record<string, string>>): string {
  const text = template
    .replace(/\{label:([a-z0-9_-]+)\}/g, (_, label: string) => labels[label] ?? '')
    .replaceAll('{connector}', name);
  return text.trim() === '' ? name : text;
}

function ruleBook(fleet: Fleet, environment: FleetPlace['environment']): RuleBook {
  return { allow: fleet.allow, secrets: fleet.secrets, environment, folder: dirname(fleet.file) };
}

function fileOf({ connectors }: Fleet, name: string): string {
  return join(connectors, `${name}.yaml`);
}

function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  return problems.toSorted((left, right) => left.line - right.line || left.column - right.column);
}
