import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { type Connect, type Connector, day, test } from '../../support/connector.js';
import { hire, plainPerson } from '../../support/people.js';
import { delivery, SERVING, Server, within } from '../../support/server.js';
import { placesOfPart } from './kill-everywhere.js';
import { memoryIn, portraitOf } from './portrait.js';
import { PRELOAD } from './situation.js';

const timeout = 600_000;

const killing = (moment: 'before' | 'after', place: number) => ({
  NODE_OPTIONS: `--import=${PRELOAD}`,
  KILL_AT_COMMIT: `${moment} ${place}`,
});

/** A server whose inbox holds events that nobody has dealt with, on a company of which they tell the truth. */
class Waiting {
  #undisturbed: object = {};

  private constructor(
    private readonly connector: Connector,
    private readonly events: readonly object[],
    private readonly saved: ReturnType<Connector['lms']['save']>,
  ) {}

  static async prepare(connect: Connect): Promise<Waiting> {
    const connector = await connect({ people: 14, config: { ...SERVING, target: { concurrency: 1 } } });
    await connector.imported();
    const gone = plainPerson(connector.company, 1);
    connector.hr.apply({ kind: 'delete', person: gone.id });
    const events = [delivery('person.created', hire(connector, 'Ada', day(0)).id), delivery('person.deleted', gone.id)];
    const waiting = new Waiting(connector, events, connector.lms.save());
    await waiting.#copy('state', 'empty');
    const server = await Server.start(connector);
    await waiting.#send(server);
    await server.kill();
    await waiting.#copy('state', 'saved');
    await waiting.#mend();
    waiting.#undisturbed = waiting.#now();
    expect(connector.mailed).toEqual(['ada@acme.example']);
    expect(connector.account(gone).status).toBe('deactivated');
    await waiting.#startOver('saved');
    return waiting;
  }

  /** Kills the server at its n-th commit while it deals with what waits; false when it does not come to that many. */
  async killWhileItWorks(moment: 'before' | 'after', place: number): Promise<boolean> {
    const server = await Server.start(this.connector, killing(moment, place)).catch(() => null);
    const isKilled = server === null || (await this.#diesOrEnds(server));
    if (isKilled) await this.#mend();
    expect(this.#now(), `killed ${moment} commit ${place}`).toEqual(this.#undisturbed);
    await this.#startOver('saved');
    return isKilled;
  }

  /** Kills the server at the commit of an event; the sender comes again, as it does without an answer. */
  async killWhileItListens(moment: 'before' | 'after'): Promise<void> {
    await this.#startOver('empty');
    const first = await this.#firstThatListens(moment);
    expect(await first.personio(this.events[0] ?? {}).catch(() => 0)).toBe(0);
    const server = await Server.start(this.connector);
    expect(await server.waiting()).toBe(moment === 'before' ? 0 : 1);
    await this.#send(server);
    expect(await server.waiting()).toBe(2);
    await within(60, async () => (await server.waiting()) === 0);
    await server.kill();
    expect(this.#now(), `killed ${moment} the event was kept`).toEqual(this.#undisturbed);
  }

  // What is committed before a server listens is no event.
  async #firstThatListens(moment: 'before' | 'after'): Promise<Server> {
    for (let place = 1; ; place += 1) {
      const server = await Server.start(this.connector, killing(moment, place)).catch(() => null);
      if (server !== null) return server;
      expect(place).toBeLessThan(5);
    }
  }

  async #send(server: Server): Promise<void> {
    for (const event of this.events) expect(await server.personio(event)).toBe(204);
  }

  async #diesOrEnds(server: Server): Promise<boolean> {
    const dies = server.running.ended.then(() => true);
    const ends = within(60, async () => (await server.waiting()) === 0).then(
      () => false,
      () => true,
    );
    const isKilled = await Promise.race([dies, ends]);
    if (!isKilled) await server.kill();
    return isKilled;
  }

  async #mend(): Promise<void> {
    const server = await Server.start(this.connector);
    await within(60, async () => (await server.waiting()) === 0);
    await server.kill();
  }

  #now(): object {
    return { lms: portraitOf(this.connector.lms), memory: memoryIn(this.connector.stateFile) };
  }

  async #startOver(name: string): Promise<void> {
    this.connector.lms.restore(this.saved);
    await this.#copy(name, 'state');
  }

  async #copy(from: string, to: string): Promise<void> {
    const { folder } = this.connector;
    await rm(join(folder, to), { recursive: true, force: true });
    await mkdir(join(folder, to));
    await cp(join(folder, from), join(folder, to), { recursive: true });
  }
}

describe.concurrent('a server that is killed and started again loses no event and does nothing twice', () => {
  for (const moment of ['before', 'after'] as const) {
    test(`when it is killed ${moment} each commit of a run, or of an event, in turn`, { timeout }, async ({
      connect,
      annotate,
    }) => {
      const waiting = await Waiting.prepare(connect);
      const { first, step } = placesOfPart(8);
      let place = first;
      let killed = 0;
      for (; await waiting.killWhileItWorks(moment, place); place += step) killed += 1;
      await annotate(`${killed} kill points`);
      if (place - step < 8) expect(await waiting.killWhileItWorks(moment, 8)).toBe(true);
      await waiting.killWhileItListens(moment);
    });
  }
});
