import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config/config.js';
import { readEnvironment } from '../../config/environment.js';
import { loadConfig } from '../../config/load.js';
import { RehearsalText, sectionOf } from '../../config/rehearsal.js';
import { addDays, type Day } from '../../core/day.js';
import type { LimitedKind } from '../../core/safety.js';
import { HrsyncError } from '../../errors.js';
import { silentLog } from '../../http/log.js';
import { type AnySandbox, startSandbox } from '../../sandbox/index.js';
import { importOf } from '../../sync/run-kind.js';
import { type Connector, openConnector, realWorld } from '../connector.js';
import type { CommandWorld } from '../process.js';
import { runSession } from '../session.js';
import { madeUpEmployees } from './people.js';
import { type DrillRun, RunWatch } from './run-watch.js';

const DAY = 86_400_000;
/** Longest pause between requests, in ms: as long as the stand-ins' own limits by the second ask. */
const LONGEST_WAIT = 1_000;
/** After so many seconds without an answer a request has failed. */
const TIMEOUT = 2;

/** A change of the config text that lets it run on the stand-ins. */
export interface Edit {
  readonly path: readonly string[];
  /** Absent: the key is taken out. */
  readonly value?: unknown;
}

/** A customer's config on the stand-ins of its two systems, around a made-up company and a calendar that can be moved. */
export class DrillStage {
  /** What lets the config run here. */
  edits: readonly Edit[] = [];
  /** Custom fields of the LMS that the stand-in is given. */
  customFields: readonly string[] = [];
  #days = 0;
  #onWrite: (() => void) | null = null;

  private constructor(
    readonly sandbox: AnySandbox,
    private readonly world: CommandWorld,
    private readonly customer: Config,
    private readonly text: string,
    private readonly folder: string,
    private readonly clock: { now: () => Date },
  ) {}

  static async open(world: CommandWorld, customer: Config, text: string, people: number): Promise<DrillStage> {
    const clock = { now: world.now };
    const opened: { stage: DrillStage | null } = { stage: null };
    const sandbox = await startSandbox({
      company: { size: people },
      now: () => clock.now(),
      intercept: async (request, handle) => {
        const answer = await handle();
        if (request.method !== 'GET' && !/token/.test(request.path)) opened.stage?.wrote();
        return answer;
      },
    });
    const folder = await mkdtemp(join(tmpdir(), 'hrsync-drill-'));
    opened.stage = new DrillStage(sandbox, world, customer, text, folder, clock);
    return opened.stage;
  }

  /** The LMS has done what a write asked. */
  wrote(): void {
    this.#onWrite?.();
  }

  get file(): string {
    return join(this.folder, 'hrsync.yaml');
  }

  get today(): Day {
    return addDays(this.world.now().toISOString().slice(0, 10), this.#days);
  }

  /** The stand-in of the HR system; null where the source reads files. */
  get hr(): AnySandbox['sources'][number] | null {
    return this.sandbox.sources.find(({ name }) => name === this.customer.source.definition.type) ?? null;
  }

  get lms(): AnySandbox['targets'][number] {
    const { type, title } = this.customer.target.definition;
    const found = this.sandbox.targets.find(({ name }) => name === type);
    if (found === undefined) throw new Error(`the sandbox has no ${title}`);
    return found;
  }

  /** The lines that the stand-ins' own example config has for a mapping. */
  get usualMapping(): Readonly<Record<string, unknown>> {
    return sectionOf(
      this.lms.sections(this.hr?.attributes ?? { badge: 'employee_number', certified: 'start_date' }),
      'mapping',
    );
  }

  /** Writes the config anew, and the file that HR would have written. */
  async write(shape: (text: string) => string = (text) => text): Promise<void> {
    const text = new RehearsalText(this.text, this.customer.file);
    text.without(['notify'], ['serve'], ['schedule'], ['safety', 'canaries']);
    text.set(['state'], join(this.folder, 'state', `${this.customer.name}.db`));
    text.lead('target', { ...sectionOf(this.lms.sections(NO_ATTRIBUTES), 'target'), timeout_seconds: TIMEOUT });
    const { definition, settings } = this.customer.source;
    if (this.hr !== null) text.lead('source', { ...sectionOf(this.hr.section, 'source'), timeout_seconds: TIMEOUT });
    else {
      const columns = fieldsIn(settings);
      const sample = definition.sample?.(settings, madeUpEmployees(this.sandbox.company, columns));
      text.lead('source', sample?.settings ?? {});
      for (const { name, text: content } of sample?.files ?? [])
        await writeFile(join(this.folder, name), shape(content), { mode: 0o600 });
    }
    for (const { path, ...edit } of this.edits) {
      if ('value' in edit) text.set(path, edit.value);
      else text.without(path);
    }
    await writeFile(this.file, text.toString(), { mode: 0o600 });
    if (this.customFields.length > 0) this.lms.addCustomFields?.(this.customFields);
  }

  /** Takes the file of HR away. */
  async loseFile(): Promise<void> {
    const sample = this.customer.source.definition.sample?.(this.customer.source.settings, []);
    for (const { name } of sample?.files ?? []) await rm(join(this.folder, name), { force: true });
  }

  async config(): Promise<Config> {
    return loadConfig({ path: this.file, environment: this.world.host.env, workingDirectory: this.folder });
  }

  /** Both adapters on the stand-ins, to look around with. */
  async connector(): Promise<Connector> {
    const outside = realWorld(this.clock.now, this.world.signal, silentLog, readEnvironment({}));
    return openConnector(await this.config(), outside);
  }

  /** Lets a night pass, for HR and for hrsync. */
  nextNight(): void {
    this.#days += 1;
    const days = this.#days;
    this.clock.now = () => new Date(this.world.now().getTime() + days * DAY);
    this.sandbox.hr.moveTo(this.today);
  }

  /** Runs `import-all` in this process and tells nobody of it. */
  async run(allow: Readonly<Partial<Record<LimitedKind, number>>> = {}): Promise<DrillRun> {
    this.lms.requests.clear();
    const seen = new RunWatch();
    const world: CommandWorld = {
      ...this.world,
      reporter: seen.reporter,
      now: this.clock.now,
      longestWait: LONGEST_WAIT,
      loadConfig: () => this.config(),
    };
    const options = { command: 'import-all', dryRun: false, kind: importOf([]), allow };
    const exitCode = await runSession(world, { ...options, detailedExitCode: false }).catch((error: unknown) => {
      if (!(error instanceof HrsyncError)) throw error;
      seen.error = error.name;
      return error.exitCode;
    });
    return { ...seen.found, exitCode, sent: this.lms.requests.writes().length, error: seen.error };
  }

  /** Whether a run can be killed: only a program that is started from a file can be started once more. */
  get canKill(): boolean {
    return existsSync(this.world.host.argv[1] ?? '');
  }

  /** Runs `import-all` in a process of its own and kills it once the LMS has done what it was asked. */
  async runAndKill(): Promise<DrillRun> {
    const { host } = this.world;
    this.lms.requests.clear();
    const child = spawn(process.execPath, [host.argv[1] ?? '', 'import-all', '-c', this.file], {
      cwd: this.folder,
      env: { PATH: host.env['PATH'], ...host.env },
      stdio: 'ignore',
    });
    this.#onWrite = () => void child.kill('SIGKILL');
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve(code));
    });
    this.#onWrite = null;
    return { ...new RunWatch().found, exitCode, sent: this.lms.requests.writes().length, error: null };
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

const NO_ATTRIBUTES = { badge: 'employee_number', certified: 'start_date' };

// The HR fields that a source of files is told to read, where its settings name them.
function fieldsIn(settings: unknown): readonly string[] {
  if (typeof settings !== 'object' || settings === null || !('columns' in settings)) return [];
  const { columns } = settings;
  return typeof columns === 'object' && columns !== null ? Object.keys(columns) : [];
}
