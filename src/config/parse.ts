import { dirname, resolve } from 'node:path';
import type * as z from 'zod';
import { ConfigError, type ConfigProblem } from '../errors.js';
import type { SOURCES } from '../sources/registry.js';
import type { TARGETS } from '../targets/registry.js';
import { type ServeConfig, sourcesNamedIn } from './between-nights.js';
import type { Config } from './config.js';
import { type ConfigDocument, readDocument } from './document.js';
import { type Inspection, inspect } from './inspect.js';
import type { NotifyPolicy } from './notify.js';
import type { Outside } from './references.js';
import { documentSchema, OPTIONAL_SECTIONS, SOURCE_KEYS, TARGET_KEYS } from './schema.js';
import { secretWarnings } from './secret-warnings.js';
import { type Secrets, secretsOf, withoutSecrets } from './secrets.js';
import { type Path, pathText } from './trouble.js';
import type { Trust } from './trust.js';
import { vendorNamesIn } from './vendor-names.js';
import { policyWarnings } from './warnings.js';

/** What a config text is read with. */
export interface ParseOptions {
  /** Absolute path of the file that the text comes from; relative paths in it start there. */
  readonly file: string;
  /** Whether other users of the machine may read that file. */
  readonly readableByOthers: boolean;
  readonly outside: Outside;
  /** Whether its commands and files may be used; absent: the text is our own. */
  readonly trust?: Trust;
  readonly sources: typeof SOURCES;
  readonly targets: typeof TARGETS;
}

/** Turns the text of a config file into a trusted config. Throws a {@link ConfigError} with every problem at once. */
export async function parseConfig(text: string, options: ParseOptions): Promise<Config> {
  const { file, outside } = options;
  // No command runs for a file that is no config, or that another user may write.
  const postponing: Outside = { ...outside, command: async () => ({ postponed: true }) };
  const draft = await readDocument(text, file, postponing);
  const read = await readWhole(draft, options);
  const refused = [...read.problems, ...distrustedIn(draft, options.trust)];
  if (refused.length > 0) throw new ConfigError(inOrder(refused, secretsOf(draft.leaves)));
  if (!draft.leaves.some(({ resolved }) => resolved.postponed)) return configOf(draft, read, options);
  const document = await readDocument(text, file, outside);
  return configOf(document, await readWhole(document, options), options);
}

/** A config as far as it can be read without a command of its own. */
export interface ConfigLook {
  /** Null where a command feeds a key whose form nobody can judge without its output. */
  readonly config: Config | null;
  /** The keys (`source.api_key`) that commands feed; none of these commands was run. */
  readonly commands: readonly string[];
}

// Long enough for a secret of `serve`, and like no text that a config holds.
const STAND_IN = 'printed-by-a-command';

/**
 * Reads a config and runs none of its commands: a stand-in takes the place of what they print.
 *
 * @throws ConfigError with every problem that has nothing to do with a command's output
 */
export async function lookAtText(text: string, options: ParseOptions): Promise<ConfigLook> {
  const outside: Outside = { ...options.outside, command: async () => ({ text: STAND_IN }) };
  const document = await readDocument(text, options.file, outside);
  const read = await readWhole(document, options);
  const fed = document.leaves.filter(({ resolved }) => resolved.commands.length > 0).map(({ path }) => pathText(path));
  const known = read.problems.filter(({ path }) => !fed.includes(path));
  const refused = [...known, ...distrustedIn(document, options.trust)];
  if (refused.length > 0) throw new ConfigError(inOrder(refused, secretsOf(document.leaves)));
  const isWhole = read.problems.length === 0;
  return { config: isWhole ? await configOf(document, read, { ...options, outside }) : null, commands: fed };
}

/** A document held against the schemas; without problems both ends and the rest are there. */
async function readWhole(document: ConfigDocument, { file, sources, targets }: ParseOptions) {
  const reader = new Reader(document, file);
  const [source, target, senders] = await Promise.all([
    reader.end('source', sources, SOURCE_KEYS),
    reader.end('target', targets, TARGET_KEYS),
    sourcesNamedIn(document.root['serve'], sources),
  ]);
  const schema = documentSchema({
    sources: Object.keys(sources),
    targets: Object.keys(targets),
    target: target.definition,
    senders,
  });
  const whole = reader.inspect(schema, withoutEmptySections(document.root), []);
  const named =
    'output' in whole && source.definition !== undefined
      ? vendorNamesIn(whole.output, source.definition, document.places)
      : [];
  const problems = [...document.problems, ...[whole, source.settings, target.settings].flatMap(problemsOf), ...named];
  return { source, target, whole, problems };
}

async function configOf(
  document: ConfigDocument,
  { source, target, whole, problems }: Awaited<ReturnType<typeof readWhole>>,
  options: ParseOptions,
): Promise<Config> {
  const secrets = secretsOf(document.leaves);
  if (!('output' in whole) || !isUsable(source) || !isUsable(target) || problems.length > 0) {
    throw new ConfigError(inOrder(problems, secrets));
  }
  const { output } = whole;
  const implied = target.definition.impliedRules?.(target.settings.output, output.mapping) ?? [];
  const config: Config = {
    name: output.name,
    timezone: output.timezone ?? 'UTC',
    zones:
      output.timezone_from === undefined || output.timezones === undefined
        ? null
        : { from: output.timezone_from, zones: output.timezones },
    source: { definition: source.definition, settings: source.settings.output },
    target: { definition: target.definition, settings: target.settings.output },
    match: output.match,
    matchNames: output.match_names,
    protect: output.protect,
    mapping: [...output.mapping, ...implied],
    employeeKey: output.employees.key,
    scope: output.employees.scope,
    invitations: { ...output.invitations, createEarly: output.target.create_early },
    deactivation: output.deactivation,
    ...output.safety,
    drift: output.drift,
    rollout: output.rollout,
    notify: withCaFolder(output.notify, dirname(options.file)),
    sync: output.sync,
    schedule: output.schedule,
    serve: withFolder(output.serve, dirname(options.file)),
    state: resolve(dirname(options.file), output.state ?? `./state/${output.name}.db`),
    file: options.file,
    lineOf: (path) => document.places.lineOf(path),
    warnings: [
      ...(await secretWarnings(document, secrets, { ...options, keyFile: output.serve.tls?.key_file })),
      ...(output.timezone === undefined ? [ZONE_WARNING] : []),
    ],
    secrets: secrets.values,
  };
  return { ...config, warnings: [...config.warnings, ...policyWarnings(config)] };
}

/** The references that must not be followed, because another user decides what they say. */
function distrustedIn({ leaves, places }: ConfigDocument, trust: Trust | undefined): readonly ConfigProblem[] {
  if (trust === undefined) return [];
  return leaves.flatMap(({ path, resolved: { commands, files } }) => {
    const reasons = [
      ...commands.map((command) => ['a command, which is not run', trust.command(command)] as const),
      ...files.map(() => ['a file, which is not used', trust.file()] as const),
    ];
    const told = reasons.find(([, reason]) => reason !== null);
    if (told === undefined) return [];
    return [places.locate({ path, message: `names ${told[0]}: ${told[1]}`, suggestion: null })];
  });
}

function withFolder({ tls, ...serve }: ServeConfig, folder: string): ServeConfig {
  if (tls === undefined) return { ...serve, tls };
  return { ...serve, tls: { cert_file: resolve(folder, tls.cert_file), key_file: resolve(folder, tls.key_file) } };
}

function withCaFolder(notify: NotifyPolicy, folder: string): NotifyPolicy {
  const smtp = notify.mail?.smtp;
  if (!notify.mail || !smtp?.caFile) return notify;
  return { ...notify, mail: { ...notify.mail, smtp: { ...smtp, caFile: resolve(folder, smtp.caFile) } } };
}

/** One end of the connector as far as it could be read; nothing of it is known when its `type` is not. */
interface End<Definition> {
  readonly definition: Definition | undefined;
  readonly settings: Inspection<unknown> | undefined;
}

const ZONE_WARNING = 'timezone is not set: hire and leave dates are judged in UTC; write timezone: Europe/Berlin, say';

class Reader {
  private readonly references: ReadonlySet<string>;

  constructor(
    private readonly document: ConfigDocument,
    private readonly file: string,
  ) {
    const referring = document.leaves.filter((leaf) => leaf.resolved.referred);
    this.references = new Set(referring.map((leaf) => pathText(leaf.path)));
  }

  inspect<Output>(schema: z.ZodType<Output>, value: unknown, path: Path, furtherKeys: readonly string[] = []) {
    const isReference = (at: Path) => this.references.has(pathText(at));
    return inspect(schema, { value, path, places: this.document.places, isReference, furtherKeys });
  }

  /** Loads the adapter that a section names and lets it read its own settings. */
  async end<Definition extends { readonly settings: z.ZodType; readonly paths?: readonly string[] }>(
    section: 'source' | 'target',
    registry: Readonly<Record<string, () => Promise<Definition>>>,
    keys: readonly string[],
  ): Promise<End<Definition>> {
    const written: unknown = this.document.root[section];
    if (!isSection(written)) return { definition: undefined, settings: undefined };
    const { type } = written;
    const load = typeof type === 'string' && Object.hasOwn(registry, type) ? registry[type] : undefined;
    const definition = await load?.();
    if (definition === undefined) return { definition, settings: undefined };
    const own = Object.fromEntries(Object.entries(written).filter(([key]) => !keys.includes(key)));
    for (const key of ['ca_file', ...(definition.paths ?? [])]) {
      const path = own[key];
      if (typeof path === 'string' && path !== '') own[key] = resolve(dirname(this.file), path);
    }
    return { definition, settings: this.inspect(definition.settings, own, [section], keys) };
  }
}

function isUsable<Definition>(
  end: End<Definition>,
): end is { readonly definition: Definition; readonly settings: { readonly output: unknown } } {
  return end.definition !== undefined && end.settings !== undefined && 'output' in end.settings;
}

function problemsOf(inspection: Inspection<unknown> | undefined): readonly ConfigProblem[] {
  return inspection !== undefined && 'problems' in inspection ? inspection.problems : [];
}

// The order of the file, and without any secret that a message may have picked up on its way.
function inOrder(problems: readonly ConfigProblem[], secrets: Secrets): ConfigProblem[] {
  return problems
    .toSorted((left, right) => left.line - right.line || left.column - right.column)
    .map((problem) => ({
      ...problem,
      path: withoutSecrets(problem.path, secrets),
      message: withoutSecrets(problem.message, secrets),
      suggestion: problem.suggestion === null ? null : withoutSecrets(problem.suggestion, secrets),
    }));
}

function withoutEmptySections(root: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isEmptySection = (key: string) => root[key] === null && OPTIONAL_SECTIONS.some((section) => section === key);
  return Object.fromEntries(Object.entries(root).filter(([key]) => !isEmptySection(key)));
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
