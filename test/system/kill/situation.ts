import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Intercept, LoggedRequest } from '../../../src/sandbox/index.js';
import type { Ended } from '../../support/command.js';
import type { Connect, Connector } from '../../support/connector.js';
import { type Memory, memoryIn } from './portrait.js';

/** What kills a process at a commit, loaded into it before anything else. */
export const PRELOAD = new URL('./kill-at-commit.js', import.meta.url).href;

/** Where a process is killed: right before or right after what it does for the n-th time, counted from 1. */
export interface KillPoint {
  /** A write is a request to the learning platform that could change something. */
  readonly at: 'request' | 'write' | 'commit';
  readonly moment: 'before' | 'after';
  readonly place: number;
}

/** What has happened by the time of a run, and what the run must then have to do. */
export interface Story<On extends Stage = Stage> {
  readonly company: { readonly size: number; readonly today: string };
  tell(stage: On): Promise<void>;
  /** Kinds of changes in alphabetical order, those that cause a mail apart. */
  readonly kinds: readonly string[];
  /** The fewest changes. */
  readonly fewest: number;
}

/** A connector and the learning platform behind it. */
export interface Stage {
  readonly connector: Connector;
  /** Keeps everything that the platform holds; the function goes back to it. */
  save(): () => void;
  /** Everything that the platform holds, without the numbers and times that depend on the order of calls. */
  portrait(): object;
  /** What the platform was asked since the last look, and would not be asked on a quiet night. */
  takeRequests(): readonly LoggedRequest[];
}

/** Opens a stage; everything that the platform is asked goes through `intercept`. */
export type Open<On extends Stage> = (connect: Connect, company: Story['company'], intercept: Intercept) => Promise<On>;

const letPass: Intercept = (_, handle) => handle();

/** A connector with much to do, which can be started over as often as one likes. */
export class Situation {
  #intercept = letPass;
  #undisturbed: object = {};

  private constructor(
    private readonly stage: Stage,
    private readonly startAgain: () => void,
  ) {}

  /** Tells a story, and notes what a run that nothing disturbs makes of it: changes of these kinds, at least so many. */
  static async prepare<On extends Stage>(connect: Connect, open: Open<On>, story: Story<On>): Promise<Situation> {
    let situation: Situation | null = null;
    const stage = await open(connect, story.company, (request, handle) =>
      situation === null ? handle() : situation.#intercept(request, handle),
    );
    const { folder } = stage.connector;
    await mkdir(join(folder, 'state'));
    await story.tell(stage);
    await cp(join(folder, 'state'), join(folder, 'saved'), { recursive: true });
    situation = new Situation(stage, stage.save());
    await situation.#rehearse(story);
    return situation;
  }

  private get connector(): Connector {
    return this.stage.connector;
  }

  /** Goes back to the moment before the run, on the platform and on disk. */
  async startOver(): Promise<void> {
    const { folder } = this.connector;
    this.startAgain();
    await rm(join(folder, 'state'), { recursive: true });
    await cp(join(folder, 'saved'), join(folder, 'state'), { recursive: true });
  }

  /** Runs the command and kills it at a point; false when it came to its end without reaching that point. */
  async runUntil({ at, moment, place }: KillPoint): Promise<boolean> {
    const preload = { NODE_OPTIONS: `--import=${PRELOAD}`, KILL_AT_COMMIT: `${moment} ${place}` };
    const running = this.connector.start(['import-all'], at === 'commit' ? preload : {});
    if (at !== 'commit') {
      this.#atRequest({ at, place }, async (handle) => {
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
    this.#atRequest({ at: 'request', place }, (handle) => {
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
    this.stage.takeRequests();
    await this.expectMended(what);
    expect(this.stage.takeRequests(), what).toEqual([]);
  }

  /** What the state holds at this moment. */
  memory(): Memory {
    return memoryIn(this.connector.stateFile);
  }

  async #rehearse({ kinds, fewest }: Pick<Story, 'kinds' | 'fewest'>): Promise<void> {
    const { changes } = await this.connector.imported();
    const made = new Set(changes.map(({ kind, invites }) => (invites ? `${kind} with mail` : kind)));
    expect([...made].sort()).toEqual(kinds);
    expect(changes.length).toBeGreaterThanOrEqual(fewest);
    this.#undisturbed = this.#now();
    await this.expectQuiet('never killed');
    await this.startOver();
  }

  #atRequest(
    { at, place }: Pick<KillPoint, 'at' | 'place'>,
    act: (handle: () => Promise<Response | null>) => Promise<Response | null>,
  ): void {
    let requests = 0;
    this.#intercept = ({ method, route }, handle) => {
      if (at === 'request' || (method !== 'GET' && route !== 'token')) requests += 1;
      else return handle();
      return requests === place ? act(handle) : handle();
    };
  }

  #now(): object {
    return { lms: this.stage.portrait(), memory: this.memory() };
  }
}
