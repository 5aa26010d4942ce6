import type { AdapterSetting } from '../../config/adapter-settings.js';
import { isSecretName } from '../../config/secrets.js';
import { UsageError } from '../../errors.js';

/** What `init` is told on the command line. */
export interface InitFlags {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  readonly name?: string | undefined;
  readonly timezone?: string | undefined;
  readonly out: string;
  readonly set: Readonly<Record<string, string>>;
  readonly check?: true | undefined;
}

/** What a config is made from; both ends by their `type`. */
export interface Answers {
  readonly name: string;
  readonly timezone: string;
  readonly source: string;
  readonly target: string;
}

/** The environment variable that holds a setting nobody gave, named after the system and the key. */
export function variableFor(type: string, key: string): string {
  // No variable begins with a digit.
  const system = type.replace(/^(\d+)(.+)$/, '$2$1');
  return `${system}_${key}`.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** The reference to it. */
export function referenceFor(type: string, key: string): string {
  return `\${${variableFor(type, key)}}`;
}

/** Holds `--set` to settings that there are, and keeps secrets in clear out of the file. */
export function checkSettings(set: InitFlags['set'], ends: Readonly<Record<string, readonly AdapterSetting[]>>): void {
  for (const [key, value] of Object.entries(set)) {
    const [section = '', name = ''] = key.split('.');
    const known = ends[section]?.map((setting) => setting.name);
    if (known === undefined || !known.includes(name)) {
      throw new UsageError(`--set ${key} is no setting of ${known === undefined ? 'source or target' : section}`);
    }
    if (isSecretName(name) && !/^\$\{.+\}$/s.test(value)) {
      throw new UsageError(
        `--set ${key} takes a reference such as ${referenceFor(section, name)}: no secret belongs into a command line or a file`,
      );
    }
  }
}
