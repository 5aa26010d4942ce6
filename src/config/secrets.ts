import type { Leaf } from './document.js';
import { type Path, pathText } from './trouble.js';

const SECRET_KEY = /(^|_)(secret|password|passphrase|token|api_?key|private_key)$/i;
// A shorter text guards nothing, and taking it out of messages would leave nothing to read.
const SHORTEST = 4;
const PASSWORD_IN_URL = /:\/\/[^/@\s:]*:([^/@\s]+)@/;

/** What of a file must never be shown, and which of it stands there in clear. */
export interface Secrets {
  /** Every secret text, the longest first, so that a secret inside another does not spoil the search for the longer. */
  readonly values: readonly string[];
  readonly clear: readonly Path[];
}

/** Finds the secrets: texts under keys such as `client_secret`, passwords in URLs, and all that files and commands gave. */
export function secretsOf(leaves: readonly Leaf[]): Secrets {
  const values = new Set<string>();
  const clear: Path[] = [];
  for (const { path, resolved } of leaves) {
    const secrets = secretTexts(path, resolved.text);
    for (const secret of [...secrets, ...resolved.fetched]) values.add(secret);
    if (isSecretKey(path)) for (const variable of resolved.variables) values.add(variable);
    if (secrets.length > 0 && resolved.clear) clear.push(path);
  }
  const searchable = [...values].filter((value) => value.length >= SHORTEST);
  return { values: searchable.sort((left, right) => right.length - left.length), clear };
}

/** Takes every secret out of a text. */
export function withoutSecrets(text: string, secrets: Secrets): string {
  return secrets.values.reduce((cleaned, secret) => cleaned.replaceAll(secret, '***'), text);
}

/** Says where a secret stands in clear and what to write there instead. */
export function clearSecretWarning(path: Path): string {
  const variable = path.map((step) => String(step).toUpperCase()).join('_');
  return `${pathText(path)} stands in the file in clear: write \${${variable}} there and set that variable`;
}

function secretTexts(path: Path, text: string): readonly string[] {
  if (isSecretKey(path)) return [text];
  const password = PASSWORD_IN_URL.exec(text)?.[1];
  if (password === undefined) return [];
  const plain = decoded(password);
  return plain === password ? [password] : [password, plain];
}

// A far end is told the password as it is, and may echo it so.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether a setting of an adapter holds a secret, told by its name. */
export function isSecretName(key: string): boolean {
  return SECRET_KEY.test(key);
}

/**
 * Whether what stands at a path is a secret. Only the two ends, and who calls `serve`, hold credentials: a custom field may
 * well be called "Token". Who knows the address of a webhook may post to it.
 */
export function isSecretKey([section, ...rest]: Path): boolean {
  const key = rest.findLast((step) => typeof step === 'string');
  if (section === 'notify') return key === 'webhook' || key === 'heartbeat' || key === 'password';
  const holds = section === 'source' || section === 'target' || section === 'serve';
  return holds && key !== undefined && isSecretName(String(key));
}
