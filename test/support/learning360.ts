import { expect } from 'vitest';
import type { Platform } from '../../src/sandbox/360learning/platform.js';
import type { LmsUser } from '../../src/sandbox/360learning/user.js';
import type { LoggedRequest, Person, SandboxOptions } from '../../src/sandbox/index.js';
import { type ConfigChanges, configText, SECRETS } from './config.js';
import type { Connect, Connector } from './connector.js';
import type { RunDocument } from './document.js';

/** What can be chosen; departments are a level, but for the last one, whose group has another name. */
export interface Learning360Options {
  readonly people?: number;
  readonly platform?: SandboxOptions['360learning'];
  readonly config?: ConfigChanges;
  /** Whether departments place people; true unless said otherwise. */
  readonly levels?: boolean;
  readonly intercept?: SandboxOptions['intercept'];
}

/** A connector from Personio to 360Learning, on which the built command is run. */
export class Learning360 {
  private constructor(
    readonly connector: Connector,
    private readonly options: Learning360Options,
  ) {}

  static async open(connect: Connect, options: Learning360Options = {}): Promise<Learning360> {
    const connector = await connect({
      people: options.people ?? 25,
      sandbox: {
        ...(options.intercept && { intercept: options.intercept }),
        '360learning': {
          credentials: [{ clientId: 'lms-client', clientSecret: SECRETS.LMS_SECRET }],
          ...{ readsPerSecond: null, writesPerSecond: null },
          ...options.platform,
        },
      },
    });
    const stage = new Learning360(connector, options);
    stage.renameLastGroup();
    await stage.configure(options.config);
    return stage;
  }

  get platform(): Platform {
    return this.connector.sandbox['360learning'].platform;
  }

  /** Writes the config anew. */
  async configure({ target, mapping, ...others }: ConfigChanges = {}): Promise<void> {
    const { sandbox } = this.connector;
    const { url, clientId } = sandbox['360learning'];
    const { platform } = this;
    const own = {
      type: '360learning',
      base_url: url,
      client_id: clientId,
      requests_per_second: 1_000,
      reads_per_second: 1_000,
      group: platform.root.id,
      ...(this.options.levels !== false && { levels: ['department'] }),
    };
    const text = configText(sandbox, {
      target: { ...own, ...target },
      mapping: {
        ...{ primary_team: null, department: null, primary_location: null, hire_date: null },
        custom_fields: {
          'Cost centre': 'cost_center',
          Badge: { from: 'dynamic_1234567', type: 'integer' },
          'Certified on': { from: 'dynamic_5678901', type: 'date' },
        },
        ...mapping,
      },
      invitations: { send: 'immediately', existing_staff: 'send' },
      ...others,
    });
    await this.connector.configure(text);
  }

  /** The department whose people no group takes. */
  get homeless(): string {
    return this.connector.company.departments.at(-1)?.name ?? '';
  }

  private renameLastGroup(): void {
    const { groups } = this.platform;
    const id = this.groupOf(this.homeless);
    const group = groups.get(id);
    if (group !== undefined) groups.set(id, { ...group, name: `Old ${group.name}` });
  }

  /** The group of each department that has one. */
  groups(): Readonly<Record<string, string>> {
    const { departments } = this.connector.company;
    const known = departments.slice(0, -1).map(({ name }) => [name, this.groupOf(name)]);
    return Object.fromEntries(known);
  }

  groupOf(name: string): string {
    const group = [...this.platform.groups.values()].find((one) => one.name === name);
    if (group === undefined) throw new RangeError(`no group is called ${name}`);
    return group.id;
  }

  imported(...flags: readonly string[]): Promise<RunDocument> {
    return this.connector.imported(...flags);
  }

  /** Runs `import-all`, whatever comes of it. */
  json(...flags: readonly string[]): Promise<RunDocument> {
    return this.connector.json(['import-all', ...flags]);
  }

  /** The user who bears a person's employee id. */
  user(person: Pick<Person, 'id'>): LmsUser {
    const user = this.platform.findByExternalId('hrsync', String(person.id));
    if (user === null) throw new RangeError(`nobody bears the employee id ${person.id}`);
    return user;
  }

  /** Somebody's custom values by name. */
  values(user: LmsUser): Readonly<Record<string, string>> {
    const { platform } = this;
    const entries = [...platform.valuesOf(user.id)].map(([id, value]) => [platform.customFields.get(id)?.name, value]);
    return Object.fromEntries(entries);
  }

  /** What could have changed something since the last look, as route names. */
  takeWrites(): readonly LoggedRequest[] {
    const { requests } = this.connector.sandbox['360learning'];
    const writes = [...requests.writes()];
    requests.clear();
    return writes;
  }

  /** A run finds nothing to do, and does not even ask; where somebody has no group, it asks whether there is one now. */
  async expectQuiet(): Promise<void> {
    const { requests } = this.connector.sandbox['360learning'];
    requests.clear();
    expect((await this.imported()).changes).toEqual([]);
    expect(requests.list().map(({ route }) => route)).toEqual(this.someAreHomeless() ? ['token', 'groups.list'] : []);
  }

  private someAreHomeless(): boolean {
    const { platform } = this;
    if (this.options.levels === false) return false;
    const linked = [...platform.externalIds.values()].map(({ targetId }) => targetId);
    return linked.some((id) => platform.rolesOf(id).some(({ groupId }) => groupId === platform.root.id));
  }
}
