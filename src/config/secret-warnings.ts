import type { ConfigDocument } from './document.js';
import type { Outside } from './references.js';
import { clearSecretWarning, isSecretKey, type Secrets } from './secrets.js';
import { type Path, pathText } from './trouble.js';

const OTHERS_READ = 0o004;
const OTHERS_WRITE = 0o022;
const PEM = /^-----BEGIN [A-Z ]+-----/;

/** What the warnings are made from besides the document. */
interface Around {
  readonly file: string;
  readonly readableByOthers: boolean;
  readonly outside: Outside;
  /** The private key that `serve` uses for TLS. */
  readonly keyFile: string | undefined;
}

/** What is wrong with how a config keeps its secrets, as sentences: in clear, open to others, damaged on the way. */
export async function secretWarnings(
  { leaves, root }: Pick<ConfigDocument, 'leaves' | 'root'>,
  secrets: Secrets,
  { file, readableByOthers, outside, keyFile }: Around,
): Promise<readonly string[]> {
  // What opens a stand-in on this machine only is no secret worth a warning every night.
  const clear = secrets.clear.filter(([section]) => !isRehearsal(root[String(section)])).map(clearSecretWarning);
  const readable = clear.length > 0 && readableByOthers;
  const files = [...leaves.flatMap(({ resolved }) => resolved.files), ...(keyFile === undefined ? [] : [keyFile])];
  const open = await Promise.all([...new Set(files)].map((path) => openFile(path, outside)));
  return [
    ...clear,
    ...(readable ? [`others can read ${file}, which holds a secret in clear: chmod 600 ${file}`] : []),
    ...leaves.flatMap(({ path, resolved }) => suspicion(path, resolved.text)),
    ...open.flat(),
  ];
}

async function openFile(path: string, outside: Outside): Promise<readonly string[]> {
  const mode = (await outside.mode?.(path)) ?? 0;
  if ((mode & OTHERS_WRITE) !== 0) return [`others can write ${path}, which holds a secret: chmod 600 ${path}`];
  return (mode & OTHERS_READ) === 0 ? [] : [`others can read ${path}, which holds a secret: chmod 600 ${path}`];
}

// The far end says of such a secret only that it is wrong.
function suspicion(path: Path, text: string): readonly string[] {
  if (!isSecretKey(path) || PEM.test(text)) return [];
  const trouble = troubleWith(text);
  return trouble === null ? [] : [`${pathText(path)} ${trouble}, which few secrets have: look at where it comes from`];
}

function troubleWith(text: string): string | null {
  if (/[\r\n]/.test(text.trim())) return 'holds a line break';
  if (text !== text.trim()) return 'begins or ends with a blank or a line end';
  if (/[\p{Cc}\p{Cf}\u00A0\uFFFD]/u.test(text)) return 'holds an invisible or broken letter';
  return /[^\x20-\x7E]/.test(text) ? 'holds a letter outside ASCII' : null;
}

/** Whether an end of a config is a stand-in on this machine. */
export function isRehearsal(section: unknown): boolean {
  if (typeof section !== 'object' || section === null || !('base_url' in section)) return false;
  return (
    typeof section.base_url === 'string' && /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/.test(section.base_url)
  );
}
