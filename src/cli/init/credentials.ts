import { isSecretName } from '../../config/secrets.js';

/** An environment variable that a config names and that is not set. */
export interface MissingVariable {
  readonly name: string;
  /** Whether what is typed must not be shown. */
  readonly secret: boolean;
}

const SETTING = /^ +(\w+): .*\$\{([A-Za-z_]\w*)\}/gm;

/** The variables that the text of a config names without a default, and that the environment lacks. */
export function missingVariables(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly MissingVariable[] {
  return [...text.matchAll(SETTING)].flatMap(([, key = '', name = '']) =>
    environment[name] ? [] : [{ name, secret: isSecretName(key) }],
  );
}

/** Asks for each; what is left blank stays missing. */
export async function askForVariables(
  missing: readonly MissingVariable[],
  ask: (text: string, hidden: boolean) => Promise<string>,
): Promise<Readonly<Record<string, string>>> {
  const given: Record<string, string> = {};
  for (const { name, secret } of missing) {
    const answer = await ask(`${name} (for this check only, it is not written; Enter to leave it out): `, secret);
    if (answer !== '') given[name] = answer;
  }
  return given;
}
