import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'vitest';
import { addDays } from '../../src/core/day.js';
import {
  type Company,
  type LoggedRequest,
  type Person,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from '../../src/sandbox/index.js';
import type { Account } from '../../src/sandbox/learnamp/account.js';
import { callCommand, type Ended, type Running, startCommand } from './command.js';
import { type ConfigChanges, configText, SECRETS } from './config.js';
import { type RunDocument, runDocument } from './document.js';
import { expectHarmless } from './harmless.js';

/** What can be chosen about a connector; a company has 40 people unless said otherwise. */
export interface ConnectorOptions {
  readonly people?: number;
  readonly sandbox?: SandboxOptions;
  readonly config?: ConfigChanges;
}

/** Variables of the environment; undefined takes one away. */
type Variables = Readonly<Record<string, string | undefined>>;

/** A sandbox and a config for it in a folder of their own, on which the built command is run. */
export class Connector {
  readonly stateFile: string;
  readonly configFile: string;
  /** The clock of the sandbox; a run by a clock of its own takes it along. */
  clock: () => Date = () => new Date();
  /** Variables that every command gets besides the usual secrets. */
  env: Variables = {};
  readonly #running = new Set<Running>();

  private constructor(
    readonly sandbox: Sandbox,
    readonly folder: string,
  ) {
    this.stateFile = join(folder, 'state', 'acme.db');
    this.configFile = join(folder, 'hrsync.yaml');
  }

  static async open({ people = 40, sandbox: options = {}, config = {} }: ConnectorOptions = {}): Promise<Connector> {
    let opened: Connector | null = null;
    const sandbox = await startSandbox({
      company: { size: people },
      now: () => opened?.clock() ?? new Date(),
      ...options,
      personio: {
        credentials: [{ clientId: 'hr-client', clientSecret: SECRETS.HR_SECRET }],
        ...{ employeesPerMinute: null, employeesPerSecond: null, authPerMinute: null },
        ...options.personio,
      },
      learnamp: { keys: [{ clientId: 'lms-key', clientSecret: SECRETS.LMS_SECRET }], ...options.learnamp },
    });
    const connector = new Connector(sandbox, await mkdtemp(join(tmpdir(), 'hrsync-test-')));
    opened = connector;
    await connector.configure(config);
    return connector;
  }

  get company(): Company {
    return this.sandbox.company;
  }

  get hr(): Sandbox['hr'] {
    return this.sandbox.hr;
  }

  get lms(): Sandbox['lms'] {
    return this.sandbox.lms;
  }

  /** Writes the config anew, with changes to the usual one, or as the text that is given. */
  async configure(config: ConfigChanges | string): Promise<void> {
    const text = typeof config === 'string' ? config : configText(this.sandbox, config);
    await writeFile(this.configFile, text, { mode: 0o600 });
  }

  /**
   * Starts the command; it is killed with the connector if it has not ended by then. What it writes is held to what is
   * promised of every run. What variables that end in `_SECRET` hold is secret.
   */
  start(args: readonly string[], env: Variables = {}): Running {
    const running = startCommand(args, { folder: this.folder, env: { ...SECRETS, ...this.env, ...env } });
    this.#running.add(running);
    const ended = running.ended.then((left) => {
      this.#running.delete(running);
      return this.#held(args, env, left);
    });
    return { child: running.child, ended };
  }

  /** Runs the command to its end, in this process. */
  async run(args: readonly string[], env: Variables = {}): Promise<Ended> {
    return this.#held(
      args,
      env,
      await callCommand(args, { folder: this.folder, env: { ...SECRETS, ...this.env, ...env } }),
    );
  }

  async #held(args: readonly string[], env: Variables, ended: Ended): Promise<Ended> {
    const variables = Object.entries({ ...SECRETS, ...this.env, ...env });
    const secrets = variables.flatMap(([name, value]) =>
      name.endsWith('_SECRET') && value !== undefined ? value : [],
    );
    await expectHarmless(args, ended, { ...this, secrets });
    return ended;
  }

  /** Runs the command with `--json` and reads its document, which must agree with the exit code. */
  async json(args: readonly string[]): Promise<RunDocument> {
    const { code, stdout, stderr } = await this.run([...args, '--json']);
    expect(stdout, stderr).not.toMatch(/^(\{"format":1,"error"|$)/);
    const document = runDocument(stdout);
    if (!args.includes('--detailed-exitcode')) expect(document.exit_code).toBe(code);
    return document;
  }

  /** Runs `import-all`, which must leave nothing undone. */
  async imported(...flags: readonly string[]): Promise<RunDocument> {
    const document = await this.json(['import-all', ...flags]);
    expect(document, JSON.stringify(document.changes.filter(({ outcome }) => outcome !== 'done'))).toMatchObject({
      exit_code: 0,
    });
    return document;
  }

  /** The account that bears a person's employee id. */
  account(person: Pick<Person, 'id'>): Account {
    const account = this.lms.findByExternalId(String(person.id));
    if (account === null) throw new Error(`nobody in Learn Amp bears the employee id ${person.id}`);
    return account;
  }

  /** Those who came to be mailed an invitation, in order. */
  get mailed(): readonly string[] {
    return this.lms.mails.map(({ to }) => to);
  }

  /** What Learn Amp was asked since the last look, tokens included. */
  takeRequests(): readonly LoggedRequest[] {
    const requests = [...this.sandbox.learnamp.requests.list()];
    this.sandbox.learnamp.requests.clear();
    return requests;
  }

  /** What could have changed something in Learn Amp since the last look. */
  takeWrites(): readonly LoggedRequest[] {
    return this.takeRequests().filter(({ method, route }) => method !== 'GET' && route !== 'token');
  }

  async close(): Promise<void> {
    const running = [...this.#running];
    for (const { child } of running) child.kill('SIGKILL');
    await Promise.all(running.map(({ ended }) => ended));
    await this.sandbox.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The calendar day that lies so many days after today. */
export function day(offset: number): string {
  return addDays(new Date().toISOString().slice(0, 10), offset);
}

/** Opens a connector that is closed when the test ends. */
export type Connect = (options?: ConnectorOptions) => Promise<Connector>;

/** A test that may open connectors. */
export const test = base.extend<{ connect: Connect }>({
  // biome-ignore lint/correctness/noEmptyPattern: the test runner reads the names of fixtures from here
  connect: async ({}, use) => {
    const open: Connector[] = [];
    await use(async (options) => {
      const connector = await Connector.open(options);
      open.push(connector);
      return connector;
    });
    await Promise.all(open.map((connector) => connector.close()));
  },
});
