import { execFile } from 'node:child_process';
import type { ConfigProblem } from '../errors.js';
import type { ConfigDocument } from './document.js';
import type { FleetDocument } from './fleet-schema.js';
import { outsideOf } from './outside.js';
import { isSection, STAND_IN } from './parse.js';
import type { Fetched, Outside } from './references.js';
import { isRehearsal } from './secret-warnings.js';
import { secretsOf } from './secrets.js';
import { type Path, pathText } from './trouble.js';

/** What the rules of a fleet are judged with. */
export interface RuleBook {
  readonly allow: FleetDocument['allow'];
  readonly secrets: FleetDocument['secrets'];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start at. */
  readonly folder: string;
}

const SECONDS = 30;

/** Where the references of one connector's file look: what `allow` names of the environment, else `secrets.command`. */
export function connectorOutside(connector: string, { allow, secrets, environment, folder }: RuleBook): Outside {
  const real = outsideOf(environment, folder);
  return {
    ...real,
    async secret(name) {
      if (allow.environment.some((pattern) => matches(pattern, name))) return null;
      if (secrets === undefined) {
        return {
          failure: `needs ${name}, but allow.environment of the fleet does not name it, and there is no secrets.command`,
        };
      }
      return fetchSecret(secrets.command, { connector, name }, environment, folder);
    },
    file: async (path) => (allow.file ? real.file(path) : { failure: FILE_REFUSED }),
    command: async (command) => (allow.cmd ? real.command(command) : { failure: COMMAND_REFUSED }),
  };
}

/** The same with a stand-in for everything that comes from outside, so that a file can be checked on any host. */
export function blindOutside(connector: string, rules: RuleBook): Outside {
  const real = connectorOutside(connector, { ...rules, secrets: undefined });
  const standIn = async (): Promise<Fetched> => ({ text: STAND_IN });
  return {
    // Empty, so that a default is looked at where there is one.
    variable: () => '',
    secret: async (name) => {
      const refused = (await real.secret?.(name)) ?? null;
      return refused === null || rules.secrets === undefined ? refused : standIn();
    },
    file: async (path) => (rules.allow.file ? standIn() : real.file(path)),
    command: async (command) => (rules.allow.cmd ? standIn() : real.command(command)),
  };
}

const FILE_REFUSED = 'reads a file of the worker, which the fleet does not allow (allow: { file: true } in fleet.yaml)';
const COMMAND_REFUSED =
  'runs a command on the worker, which the fleet does not allow (allow: { cmd: true } in fleet.yaml)';

function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

// No shell: a name from a connector's file can never become a command. What it prints on stderr may hold the secret.
function fetchSecret(
  command: readonly string[],
  place: { readonly connector: string; readonly name: string },
  environment: RuleBook['environment'],
  folder: string,
): Promise<Fetched> {
  const [program = '', ...args] = command.map((part) =>
    part.replaceAll('{connector}', place.connector).replaceAll('{name}', place.name),
  );
  const options = { cwd: folder, env: { ...environment }, timeout: SECONDS * 1_000 };
  return new Promise((done) => {
    const child = execFile(program, args, options, (error, stdout) => {
      const text = stdout.trim();
      const of = `needs ${place.name} from secrets.command of the fleet, which`;
      if (error?.killed) done({ failure: `${of} did not end within ${SECONDS} s` });
      else if (error?.code === 'ENOENT')
        done({ failure: `${of} was not found: is ${program} installed on this host?` });
      else if (error) done({ failure: `${of} failed with exit code ${error.code ?? error.signal}` });
      else if (text === '') done({ failure: `${of} printed nothing` });
      else done({ text });
    });
    child.stdin?.end();
  });
}

const OF_THE_FLEET: readonly (readonly [path: Path, instead: string])[] = [
  [['state'], 'the database of the fleet holds the state'],
  [['lease'], 'fleet.yaml says it for all connectors'],
  [['serve', 'port'], 'the door of the fleet listens: serve in fleet.yaml'],
  [['serve', 'host'], 'the door of the fleet listens: serve in fleet.yaml'],
  [['serve', 'tls'], 'the door of the fleet listens: put a reverse proxy with TLS in front of it'],
];

// They are written into the database, where no reference can be followed.
const PLAIN_PATHS = ['name', 'timezone', 'labels', 'schedule', 'version'];

/** What a fleet does not accept in a connector's file although a connector of its own may have it. */
export function connectorProblems(
  { root, leaves, places }: ConfigDocument,
  connector: string,
  { allow }: Pick<RuleBook, 'allow'>,
): readonly ConfigProblem[] {
  const at = (path: Path, message: string) => places.locate({ path, message, suggestion: null });
  const problems = OF_THE_FLEET.filter(([path]) => places.has(path)).map(([path, instead]) =>
    places.locateKey(path, { path, message: `has no place in a fleet: ${instead}`, suggestion: null }),
  );
  if (typeof root['name'] === 'string' && root['name'] !== connector)
    problems.push(at(['name'], `must be the name of the file, ${connector}`));
  for (const path of secretsOf(leaves).clear) {
    const isDefault = leaves.some((leaf) => leaf.resolved.referred && pathText(leaf.path) === pathText(path));
    // The default of a reference that opens a stand-in on this machine is no secret.
    if (isDefault && isRehearsal(root[String(path[0])])) continue;
    problems.push(at(path, 'stands in the file in clear, and the file goes into the database: write a reference'));
  }
  for (const { path, resolved } of leaves) {
    const isPlain = PLAIN_PATHS.includes(String(path[0])) || (path.length === 2 && path[1] === 'type');
    if (isPlain && resolved.referred) problems.push(at(path, 'must stand in the file itself, without a reference'));
  }
  for (const section of ['source', 'target']) {
    const path = [section, 'ca_file'];
    if (isSection(root[section]) && places.has(path) && !allow.file) problems.push(at(path, FILE_REFUSED));
  }
  return [...problems, ...hostProblems(leaves, allow.hosts, at)];
}

function hostProblems(
  leaves: ConfigDocument['leaves'],
  hosts: readonly string[] | undefined,
  at: (path: Path, message: string) => ConfigProblem,
): readonly ConfigProblem[] {
  if (hosts === undefined) return [];
  return leaves.flatMap(({ path, resolved: { text } }) => {
    const host = hostAt(path, text);
    if (host === null || hosts.some((pattern) => matches(pattern, host))) return [];
    return [at(path, `reaches ${host}, which allow.hosts of fleet.yaml does not name`)];
  });
}

// What reaches the network: every address of the two ends and of `notify`, and the name of a mail server.
function hostAt(path: Path, text: string): string | null {
  const [section] = path;
  if (section !== 'source' && section !== 'target' && section !== 'notify') return null;
  if (section === 'notify' && path.at(-1) === 'host') return text.toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).hostname.toLowerCase();
}
