import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.js';
import { addDays, type Day } from '../../core/day.js';
import { HrsyncError } from '../../errors.js';
import type { Reporter } from '../../report/reporter.js';
import { type CompanyEvent, type Sandbox, startSandbox } from '../../sandbox/index.js';
import { importOf } from '../../sync/run-kind.js';
import type { CommandWorld } from '../process.js';
import { sandboxConfig } from '../sandbox-config.js';
import { runSession } from '../session.js';
import { Narrator, type Shown } from './narrator.js';

const DAY = 86_400_000;

const SILENT: Reporter = {
  started() {},
  reading() {},
  matching() {},
  async planned() {},
  applying() {},
  changed() {},
  note() {},
  async finished() {},
  async verified() {},
  failed() {},
};

/** A sandbox, a config for it, and a clock that can be moved on: what the demo plays on. */
export class Stage {
  #days = 0;

  private constructor(
    readonly sandbox: Sandbox,
    readonly narrator: Narrator,
    private readonly world: CommandWorld,
    private readonly folder: string,
    private readonly clock: { now: () => Date },
  ) {}

  static async open(world: CommandWorld, people: number): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'hrsync-demo-'));
    const clock = { now: world.now };
    const limits = { employeesPerMinute: null, employeesPerSecond: null, authPerMinute: null };
    const sandbox = await startSandbox({ company: { size: people }, now: () => clock.now(), personio: limits });
    await writeFile(join(folder, 'hrsync.yaml'), sandboxConfig(sandbox), { mode: 0o600 });
    return new Stage(sandbox, new Narrator(world), world, folder, clock);
  }

  get today(): Day {
    return addDays(this.world.now().toISOString().slice(0, 10), this.#days);
  }

  /** The day that lies so many days after the first. */
  day(offset: number): Day {
    return addDays(this.world.now().toISOString().slice(0, 10), offset);
  }

  /** Lets the calendar move on to the given day after the first, for HR and for hrsync. */
  moveTo(days: number): void {
    this.#days = days;
    this.clock.now = () => new Date(this.world.now().getTime() + days * DAY);
    this.sandbox.hr.moveTo(this.today);
  }

  happens(...events: readonly CompanyEvent[]): void {
    for (const event of events) this.sandbox.hr.apply(event);
  }

  /** Runs `import-all`, shows the beginning and the end of what it prints, and says the exit code. */
  async importAll({
    dryRun = false,
    first = 30,
    last = 30,
  }: Partial<Shown> & { dryRun?: boolean } = {}): Promise<void> {
    this.narrator.command(`hrsync import-all${dryRun ? ' --dry-run' : ''}`);
    const { reporter, end } = this.narrator.reporter({ now: this.clock.now, secrets: [] }, { first, last });
    const exitCode = await this.#run(reporter, dryRun);
    end();
    this.narrator.tell('', `exit code ${exitCode}`);
  }

  /** Lets the nights up to a day pass, each with its run, without showing them. */
  async nightsUntil(days: number): Promise<void> {
    const first = this.#days + 1;
    const counts = new Map<string, number>();
    const reporter: Reporter = {
      ...SILENT,
      changed: ({ kind }) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    };
    for (let day = first; day < days; day++) {
      this.moveTo(day);
      await this.#run(reporter, false);
    }
    this.moveTo(days);
    const nights = days - first;
    const done = [...counts].map(([kind, count]) => `${kind} ${count}`).join(', ');
    if (nights > 0)
      this.narrator.tell(
        '',
        `(${nights} nights pass; import-all ran in each: ${done === '' ? 'nothing to do' : done}.)`,
      );
  }

  async #run(reporter: Reporter, dryRun: boolean): Promise<number> {
    const world: CommandWorld = {
      ...this.world,
      reporter,
      now: this.clock.now,
      loadConfig: () => {
        const path = join(this.folder, 'hrsync.yaml');
        return loadConfig({ path, environment: this.world.host.env, workingDirectory: this.folder });
      },
    };
    const options = {
      command: 'import-all',
      dryRun,
      kind: importOf([]),
      allow: {},
      detailedExitCode: false,
    };
    return runSession(world, options).catch((error: unknown) => {
      if (!(error instanceof HrsyncError)) throw error;
      reporter.failed(error);
      return error.exitCode;
    });
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
