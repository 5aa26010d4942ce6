import type { Store } from '../../../src/store/store.js';

/** What ends a run at once, as SIGKILL does: no error that the product knows. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** Where a process is to die: around the n-th call of the LMS, or around the n-th write to the state. */
export interface KillPoint {
  readonly around: 'call' | 'commit';
  readonly number: number;
  readonly when: 'before' | 'after';
}

/** One process: it does what it is asked until it is killed, and nothing afterwards. */
export class Life {
  #dead = false;
  #calls = 0;
  #commits = 0;

  constructor(private readonly kill: KillPoint | null) {}

  /** Runs one effect, unless the process dies before; throws {@link Killed} then, and when it dies right after. */
  async around<Result>(kind: KillPoint['around'], effect: () => Promise<Result>): Promise<Result> {
    this.assertAlive();
    const number = kind === 'call' ? ++this.#calls : ++this.#commits;
    const isPoint = this.kill?.around === kind && this.kill.number === number;
    if (isPoint && this.kill.when === 'before') this.#die();
    const result = await effect();
    if (isPoint) this.#die();
    this.assertAlive();
    return result;
  }

  assertAlive(): void {
    if (this.#dead) throw new Killed();
  }

  #die(): never {
    this.#dead = true;
    throw new Killed();
  }
}

const WRITES = /^(begin|settle|set|put|replace|clear|start|finish)/;

/** The store as a mortal process sees it: each method that writes is a commit around which it may die. */
export function mortalStore(store: Store, life: Life): Store {
  return new Proxy(store, {
    get(whole, name) {
      const method: unknown = Reflect.get(whole, name);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]): unknown => {
        life.assertAlive();
        const call = (): unknown => Reflect.apply(method, whole, given);
        return typeof name === 'string' && WRITES.test(name) ? life.around('commit', async () => call()) : call();
      };
    },
  });
}
