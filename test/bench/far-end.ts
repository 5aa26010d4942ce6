import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoggedRequest } from '../../src/sandbox/index.js';

/** A Learn Amp stand-in in a process of its own. */
export interface FarEnd {
  readonly access: { readonly url: string; readonly client_id: string; readonly client_secret: string };
  /** From now on lets so many requests a second pass (null: all), and forgets those that came before. */
  limit(requestsPerSecond: number | null): Promise<void>;
  requests(): Promise<readonly LoggedRequest[]>;
  stop(): void;
}

/** Starts the product's own sandbox. */
export async function startFarEnd(): Promise<FarEnd> {
  const program = fileURLToPath(new URL('../../bin/hrsync.js', import.meta.url));
  const child = spawn(process.execPath, [program, 'sandbox', '--people', '1', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { learnamp, control } = await firstDocument(child.stdout);
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${control.url}/learnamp/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status} to ${method} ${path}`);
    return answer.status === 204 ? null : answer.json();
  };
  return {
    access: learnamp,
    async limit(requestsPerSecond) {
      await call('PATCH', 'settings', { requestsPerSecond });
      await call('DELETE', 'requests');
    },
    async requests() {
      const { requests } = (await call('GET', 'requests')) as { requests: readonly LoggedRequest[] };
      return requests;
    },
    stop: () => void child.kill(),
  };
}

interface SandboxDocument {
  readonly learnamp: FarEnd['access'];
  readonly control: { readonly url: string };
}

async function firstDocument(stdout: AsyncIterable<Buffer>): Promise<SandboxDocument> {
  let text = '';
  for await (const chunk of stdout) {
    text += chunk.toString('utf8');
    if (text.endsWith('}\n')) return JSON.parse(text) as SandboxDocument;
  }
  throw new Error('the sandbox ended before it was ready');
}
