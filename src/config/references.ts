/**
 * What a reference brought: its text, or why there is none (a sentence that holds nothing secret). `postponed`: it is not
 * looked up yet.
 */
export type Fetched = { readonly text: string } | { readonly failure: string } | { readonly postponed: true };

/** Where references look: the environment, files and commands. */
export interface Outside {
  variable(name: string): string | undefined;
  /** What stands for a variable that is not to come from this environment; null: it is to. Absent: all are. */
  secret?(name: string): Promise<Fetched | null>;
  file(path: string): Promise<Fetched>;
  command(command: string): Promise<Fetched>;
  /** The permission bits of a file that a reference or a key names, or null where there is none; absent: not known. */
  mode?(path: string): Promise<number | null>;
}

/** One text of the file after its references were replaced. */
export interface Resolved {
  readonly text: string;
  /** Whether the text stands in the file itself: it has no reference, or a reference fell back to such a default. */
  readonly clear: boolean;
  /** Whether any reference stood in it. */
  readonly referred: boolean;
  /** What environment variables gave. */
  readonly variables: readonly string[];
  /** What files and commands gave; always secret. */
  readonly fetched: readonly string[];
  /** Why the text cannot be had; empty when it is whole. */
  readonly failures: readonly string[];
  /** The files and the commands that it names. */
  readonly files: readonly string[];
  readonly commands: readonly string[];
  /** Whether it waits for a command. */
  readonly postponed: boolean;
}

type Part = { readonly literal: string } | { readonly reference: string } | { readonly unclosed: true };

const VARIABLE = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s;

/**
 * Replaces `${NAME}`, `${NAME:-default}`, `${file:path}` and `${cmd:command}`; `$${` stands for a plain `${`. As in a
 * shell, the default also counts when the variable is empty, and may hold references itself.
 */
export async function resolveReferences(text: string, outside: Outside): Promise<Resolved> {
  const parts: Resolved[] = [];
  for (const part of split(text)) {
    if ('literal' in part) parts.push(plain(part.literal));
    else if ('unclosed' in part) parts.push(failed(`holds \${ without a closing }; a plain \${ is written $\${`));
    else parts.push(await resolveOne(part.reference, outside));
  }
  const references = parts.filter((part) => part.referred);
  return {
    text: parts.map((part) => part.text).join(''),
    clear: references.length === 0 ? text !== '' : references.some((part) => part.clear),
    referred: references.length > 0,
    variables: parts.flatMap((part) => part.variables),
    fetched: parts.flatMap((part) => part.fetched),
    failures: parts.flatMap((part) => part.failures),
    files: parts.flatMap((part) => part.files),
    commands: parts.flatMap((part) => part.commands),
    postponed: parts.some((part) => part.postponed),
  };
}

async function resolveOne(reference: string, outside: Outside): Promise<Resolved> {
  if (reference.startsWith('file:')) {
    const path = reference.slice('file:'.length).trim();
    return { ...fetched(await outside.file(path)), files: [path] };
  }
  if (reference.startsWith('cmd:')) {
    const command = reference.slice('cmd:'.length).trim();
    return { ...fetched(await outside.command(command)), commands: [command] };
  }
  const [, name, fallback] = VARIABLE.exec(reference) ?? [];
  if (name === undefined) {
    return failed(`holds a reference that is none of \${NAME}, \${NAME:-default}, \${file:path}, \${cmd:command}`);
  }
  const secret = (await outside.secret?.(name)) ?? null;
  if (secret !== null) return fetched(secret);
  const value = outside.variable(name);
  if (fallback !== undefined && (value === undefined || value === '')) {
    return { ...(await resolveReferences(fallback, outside)), referred: true };
  }
  if (value === undefined) {
    return failed(`needs the environment variable ${name}, which is not set (cron has an environment of its own)`);
  }
  return { ...plain(value), clear: false, referred: true, variables: [value] };
}

function split(text: string): Part[] {
  const parts: Part[] = [];
  let rest = text;
  for (;;) {
    const start = rest.indexOf('${');
    if (start === -1) return [...parts, { literal: rest }];
    if (rest[start - 1] === '$') {
      parts.push({ literal: `${rest.slice(0, start - 1)}\${` });
      rest = rest.slice(start + 2);
      continue;
    }
    const end = closingBrace(rest, start + 2);
    if (end === -1) return [...parts, { unclosed: true }];
    parts.push({ literal: rest.slice(0, start) }, { reference: rest.slice(start + 2, end) });
    rest = rest.slice(end + 1);
  }
}

// Braces are counted, so that a command may hold pairs of its own: ${cmd:awk '{print $1}' key.txt}.
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '{') depth += 1;
    if (text[index] === '}') depth -= 1;
    if (depth === 0) return index;
  }
  return -1;
}

function plain(text: string): Resolved {
  return {
    ...{ text, clear: true, referred: false, variables: [], fetched: [], failures: [] },
    ...{ files: [], commands: [], postponed: false },
  };
}

function failed(message: string): Resolved {
  return { ...plain(''), clear: false, referred: true, failures: [message] };
}

function fetched(result: Fetched): Resolved {
  if ('failure' in result) return failed(result.failure);
  if ('postponed' in result) return { ...plain(''), clear: false, referred: true, postponed: true };
  return { ...plain(result.text), clear: false, referred: true, fetched: [result.text] };
}
