import { said } from './messages-words.js';

/** What the operating system says about files, by its code. */
const TROUBLES: Readonly<Record<string, readonly [string, string]>> = {
  ENOENT: ['does not exist', 'Check the path; it is looked for from the folder that the command was started in.'],
  EACCES: ['may not be opened by this user', 'Check owner and rights of the file and of its folder.'],
  EPERM: ['may not be changed by this user', 'Check owner and rights of the file and of its folder.'],
  EISDIR: ['is a folder, not a file', 'Give the path of a file.'],
  ENOTDIR: ['lies below something that is no folder', 'Check the path.'],
  EROFS: ['lies on a disk that is read-only', 'Give a path on a disk that can be written.'],
  ENOSPC: ['cannot be written: the disk is full', 'Make room on the disk, then start again.'],
  EADDRINUSE: ['is in use by another process', 'Choose another port, or end the process that listens there.'],
};

/** Explains what the operating system refused; null for anything else. */
export function explainSystemError(error: unknown): { what: string; meaning: string; next: string } | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const trouble = Object.hasOwn(TROUBLES, error.code) ? TROUBLES[error.code] : undefined;
  if (trouble === undefined) return null;
  const [what, next] = trouble;
  return {
    what: `${thingOf(error)} ${what} (${error.code}).`,
    meaning: 'The command stopped there; what the LMS acknowledged before is recorded.',
    next,
  };
}

function thingOf(error: Error): string {
  if ('path' in error && typeof error.path === 'string') return said(error.path);
  if ('port' in error) return `Port ${String(error.port)}`;
  return 'A file';
}
