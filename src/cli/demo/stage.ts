import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../config/load.js';
import { addDays, type Day } from '../../core/day.js';
import { HrsyncError } from '../../errors.js';
import type { Reporter } from '../../report/reporter.js';
import { type AnySandbox, type CompanyEvent, type Sandbox, sandboxConfig, startSandbox } from '../../sandbox/index.js';
import { importOf } from '../../sync/run-kind.js';
import type { CommandWorld } from '../process.js';
import { reportFiles } from '../report-files.js';
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

/** Who plays. */
interface Cast {
  readonly people: number;
  readonly source: string;
  readonly target: string;
}

/** A sandbox, a config for it, and a clock that can be moved on: what the demo plays on. */
export class Stage {
  #days = 0;

  private constructor(
    readonly sandbox: Sandbox,
    readonly narrator: Narrator,
    private readonly world: CommandWorld,
    private readonly folder: string,
    private readonly clock: { now: () => Date },
    readonly source: AnySandbox['sources'][number],
    readonly target: AnySandbox['targets'][number],
  ) {}

  /** Starts a sandbox with a config for two of its systems, by their names. */
  static async open(world: CommandWorld, { people, source, target }: Cast): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'hrsync-demo-'));
    const clock = { now: world.now };
    const limits = { employeesPerMinute: null, employeesPerSecond: null, authPerMinute: null };
    const sandbox = await startSandbox({ company: { size: people }, now: () => clock.now(), personio: limits });
    await writeFile(join(folder, 'hrsync.yaml'), sandboxConfig(sandbox, source, target), { mode: 0o600 });
    const from = sandbox.sources.find(({ name }) => name === source);
    const to = sandbox.targets.find(({ name }) => name === target);
    if (from === undefined || to === undefined) throw new RangeError('a flag took a system that the sandbox has not');
    return new Stage(sandbox, new Narrator(world), world, folder, clock, from, to);
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
    first = 40,
    last = 30,
    page,
  }: Partial<Shown> & { dryRun?: boolean; page?: string } = {}): Promise<void> {
    this.narrator.command(
      `hrsync import-all${dryRun ? ' --dry-run' : ''}${page === undefined ? '' : ' --html plan.html'}`,
    );
    const { reporter, end } = this.narrator.reporter({ now: this.clock.now, secrets: [] }, { first, last });
    const exitCode = await this.#run(reporter, dryRun, page);
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

  async #run(reporter: Reporter, dryRun: boolean, page?: string): Promise<number> {
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
      files: reportFiles(this.world, { html: page }),
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
