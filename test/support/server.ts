import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Running } from './command.js';
import type { Connector } from './connector.js';

export const TOKEN = 'Bearer webhook-token-3Fh8sQz';
export const KOMBO_SECRET = 'kombo-secret-9Lw2vRt';

/** What a config needs for a server that nothing but events sets going. */
export const SERVING = {
  document: {
    schedule: { import_all: 'never', sync: 'never' },
    serve: { port: 0, personio: { token: TOKEN }, kombo: { secret: KOMBO_SECRET } },
  },
};

/** A server of the built command. */
export class Server {
  private constructor(
    readonly running: Running,
    readonly url: string,
  ) {}

  /** @param env of the process besides the usual; rejects when the process ends before it listens */
  static async start(
    connector: Connector,
    env: Readonly<Record<string, string>> = {},
    args: readonly string[] = ['serve'],
  ): Promise<Server> {
    const running = connector.start(args, env);
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      running.child.stderr?.on('data', (more: string) => {
        text += more;
        const found = /listening on (\S+)/.exec(text)?.[1];
        if (found !== undefined) resolve(found);
      });
      void running.ended.then(({ stderr }) => reject(new Error(stderr)));
    });
    return new Server(running, url);
  }

  /** The status that a delivery is answered with. */
  async post(path: string, body: string, headers: Readonly<Record<string, string>>): Promise<number> {
    const answer = await fetch(`${this.url}${path}`, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    return answer.status;
  }

  personio(event: object, token = TOKEN): Promise<number> {
    return this.post('/webhooks/personio', JSON.stringify(event), { Authorization: token });
  }

  async waiting(): Promise<number> {
    const answer = await fetch(`${this.url}/healthz`);
    expect(answer.status).toBe(200);
    const { waiting }: { waiting?: unknown } = Object(await answer.json());
    return Number(waiting);
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  async stop(): Promise<void> {
    this.running.child.kill('SIGTERM');
    expect((await this.running.ended).code).toBe(0);
  }

  async kill(): Promise<void> {
    this.running.child.kill('SIGKILL');
    await this.running.ended;
  }
}

/** A delivery as Personio makes it. */
export function delivery(name: string, person: number, at = '2026-11-24T10:00:00Z'): object {
  return { company_id: '1', event_name: name, occurred_at: at, payload: { person: { id: String(person) } } };
}

/** Waits until something holds, and fails after so many seconds. */
export async function within(seconds: number, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`it did not come to that within ${seconds} s`);
    await wait(50);
  }
}

/** Items in a made-up order, the same in every test run. */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  let seed = 7;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
