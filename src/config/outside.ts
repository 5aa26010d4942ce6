import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Fetched, Outside } from './references.js';

const COMMAND_SECONDS = 30;

/** The real outside: this environment, and files and commands as seen from the directory of the config file. */
export function outsideOf(environment: Readonly<Record<string, string | undefined>>, directory: string): Outside {
  return {
    variable: (name) => environment[name],
    file: (path) => fetchFile(resolve(directory, path), path),
    command: (command) => runCommand(command, environment, directory),
    mode: async (path) =>
      stat(resolve(directory, path)).then(
        ({ mode }) => mode,
        () => null,
      ),
  };
}

async function fetchFile(absolute: string, asWritten: string): Promise<Fetched> {
  try {
    // Editors and shells leave byte order marks, blanks and line ends that no secret has.
    const text = (await readFile(absolute, 'utf8')).trim();
    return text === '' ? { failure: `needs the file ${asWritten}, which is empty` } : { text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return { failure: `needs the file ${asWritten}, which cannot be read (${code})` };
  }
}

// A failing command is told by its exit code alone: what it prints may hold the secret that it was to fetch.
function runCommand(
  command: string,
  environment: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<Fetched> {
  return new Promise((done) => {
    const options = { cwd: directory, env: { ...environment }, timeout: COMMAND_SECONDS * 1000 };
    const child = execFile('/bin/sh', ['-c', command], options, (error, stdout) => {
      const text = stdout.trim();
      if (error?.killed) done({ failure: `needs a command that did not end well within ${COMMAND_SECONDS} s` });
      else if (error?.code === 127) done({ failure: notFound(command) });
      else if (error) done({ failure: `needs a command that failed with exit code ${error.code ?? error.signal}` });
      else if (text === '') done({ failure: 'needs a command that printed nothing' });
      else done({ text });
    });
    child.stdin?.end();
  });
}

function notFound(command: string): string {
  const [program = 'the program'] = /^[\w./-]+/.exec(command) ?? [];
  return `needs a command that was not found (exit code 127): is ${program} installed and on the PATH? cron has a PATH of its own`;
}
