import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Intercept } from '../../../src/sandbox/index.js';
import type { Ended } from '../../support/command.js';
import type { Connect, Connector } from '../../support/connector.js';
import { type Memory, memoryIn, portraitOf } from './portrait.js';
import type { Story } from './story.js';

/** What kills a process at a commit, loaded into it before anything else. */
export const PRELOAD = new URL('./kill-at-commit.js', import.meta.url).href;

/** Where a process is killed: right before or right after what it does for the n-th time, counted from 1. */
export interface KillPoint {
  readonly at: 'request' | 'commit';
  readonly moment: 'before' | 'after';
  readonly place: number;
}

const letPass: Intercept = (_, handle) => handle();

/** A connector with much to do, which can be started over as often as one likes. */
export class Situation {
  #intercept = letPass;
  #undisturbed: object = {};

  private constructor(
    private readonly connector: Connector,
    private readonly saved: ReturnType<Connector['lms']['save']>,
  ) {}

  /** Tells a story, and notes what a run that nothing disturbs makes of it: changes of these kinds, at least so many. */
  static async prepare(connect: Connect, story: Story, concurrency: number): Promise<Situation> {
    let situation: Situation | null = null;
    const connector = await connect({
      sandbox: {
        company: story.company,
        intercept: (request, handle) => (situation === null ? handle() : situation.#intercept(request, handle)),
      },
      config: { target: { concurrency }, safety: { max_deactivations: '50%' } },
    });
    await mkdir(join(connector.folder, 'state'));
    await story.tell(connector);
    await cp(join(connector.folder, 'state'), join(connector.folder, 'saved'), { recursive: true });
    situation = new Situation(connector, connector.lms.save());
    await situation.#rehearse(story);
    return situation;
  }

  /** Goes back to the moment before the run, in Learn Amp and on disk. */
  async startOver(): Promise<void> {
    const { folder, lms } = this.connector;
    lms.restore(this.saved);
    await rm(join(folder, 'state'), { recursive: true });
    await cp(join(folder, 'saved'), join(folder, 'state'), { recursive: true });
  }

  /** Runs the command and kills it at a point; false when it came to its end without reaching that point. */
  async runUntil({ at, moment, place }: KillPoint): Promise<boolean> {
    const preload = { NODE_OPTIONS: `--import=${PRELOAD}`, KILL_AT_COMMIT: `${moment} ${place}` };
    const running = this.connector.start(['import-all'], at === 'commit' ? preload : {});
    if (at === 'request') {
      this.#atRequest(place, async (handle) => {
        if (moment === 'after') await handle();
        running.child.kill('SIGKILL');
        return null;
      });
    }
    const { code, stderr } = await running.ended;
    this.#intercept = letPass;
    if (code !== null) expect(code, stderr).toBe(0);
    return code === null;
  }

  /** Runs the command and sends it a signal when its n-th request arrives, which is answered all the same. */
  async interruptAt(place: number, signal: 'SIGINT' | 'SIGTERM'): Promise<Ended> {
    const running = this.connector.start(['import-all']);
    this.#atRequest(place, (handle) => {
      running.child.kill(signal);
      return handle();
    });
    const ended = await running.ended;
    this.#intercept = letPass;
    return ended;
  }

  /** Runs the command to its end: afterwards everything is as if nothing had ever disturbed it. */
  async expectMended(what: string): Promise<void> {
    const { code, stderr } = await this.connector.run(['import-all']);
    expect(code, `${what}: ${stderr}`).toBe(0);
    expect(this.#now(), what).toEqual(this.#undisturbed);
  }

  /** Runs the command once more: it finds nothing to do, and does not even ask. */
  async expectQuiet(what: string): Promise<void> {
    this.connector.takeRequests();
    await this.expectMended(what);
    expect(this.connector.takeRequests(), what).toEqual([]);
  }

  /** What the state holds at this moment. */
  memory(): Memory {
    return memoryIn(this.connector.stateFile);
  }

  async #rehearse({ kinds, fewest }: Story): Promise<void> {
    const { changes } = await this.connector.imported();
    const made = new Set(changes.map(({ kind, invites }) => (invites ? `${kind} with mail` : kind)));
    expect([...made].sort()).toEqual(kinds);
    expect(changes.length).toBeGreaterThanOrEqual(fewest);
    this.#undisturbed = this.#now();
    await this.expectQuiet('never killed');
    await this.startOver();
  }

  #atRequest(place: number, act: (handle: () => Promise<Response | null>) => Promise<Response | null>): void {
    let requests = 0;
    this.#intercept = (_, handle) => {
      requests += 1;
      return requests === place ? act(handle) : handle();
    };
  }

  #now(): object {
    return { lms: portraitOf(this.connector.lms), memory: this.memory() };
  }
}
