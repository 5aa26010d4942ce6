import type { Day } from '../core/day.js';
import { applyEvent, moveTo } from './company/calendar.js';
import type { Company, Person } from './company/company.js';
import type { CompanyEvent } from './company/events.js';
import { type CompanyRecipe, makeCompany } from './company/make-company.js';
import { sandboxConfig } from './config.js';
import { createControl } from './control/create-control.js';
import { type Intercept, listen, type RunningServer } from './listen.js';
import type { RunningSystem } from './running-system.js';
import type { SourceSystem, SystemDefinition, SystemRegistry, SystemWorld, TargetSystem } from './system.js';

/** What can be chosen about a sandbox whatever stands in it; everything has a default. */
interface CommonOptions<Name extends PropertyKey> {
  /** A company made elsewhere, or what to make one from (400 people, seed 1, today's day). */
  readonly company?: Company | Partial<CompanyRecipe>;
  /** Ports; 0 (the default) takes a free one. */
  readonly ports?: Readonly<Partial<Record<Name | 'control', number>>>;
  /** The clock of all systems; the company's own calendar moves by `hr.moveTo` only. */
  readonly now?: () => Date;
  /** Stands between the learning platforms and their callers. */
  readonly intercept?: Intercept;
}

type Lines<Registry extends SystemRegistry> = Registry['sources'] & Registry['targets'];
type Start<Line> = Line extends { load: () => Promise<infer Definition extends SystemDefinition<RunningSystem>> }
  ? Definition['start']
  : never;

/** What can be chosen about a sandbox of a registry: for each stand-in its settings, and who is there from the start. */
export type OptionsOf<Registry extends SystemRegistry> = CommonOptions<keyof Lines<Registry>> & {
  readonly [Name in keyof Lines<Registry>]?: Parameters<Start<Lines<Registry>[Name]>>[1];
} & {
  readonly staff?: { readonly [Name in keyof Lines<Registry>]?: Parameters<Start<Lines<Registry>[Name]>>[2] };
};

/** What happens in HR. */
interface HumanResources {
  apply(event: CompanyEvent): Person | null;
  moveTo(day: Day): void;
}

/** How texts call a stand-in: "Learn Amp". */
interface Titled {
  readonly title: string;
}

/** HR systems and learning platforms on loopback, around one made-up company. */
export interface AnySandbox {
  readonly company: Company;
  readonly hr: HumanResources;
  /** All that run, in the order of the registry. */
  readonly sources: readonly (SourceSystem & Titled)[];
  readonly targets: readonly (TargetSystem & Titled)[];
  /** The same access for other processes; see `createControl`. */
  readonly control: { readonly url: string };
  stop(): Promise<void>;
}

/** A sandbox of a registry, which has each stand-in under its name as well. */
export type SandboxOf<Registry extends SystemRegistry> = AnySandbox & {
  readonly [Name in keyof Lines<Registry>]: Awaited<ReturnType<Start<Lines<Registry>[Name]>>>;
};

/** Starts every stand-in of a registry; the caller stops them. */
export async function startSystems<Registry extends SystemRegistry>(
  registry: Registry,
  options: OptionsOf<Registry>,
): Promise<SandboxOf<Registry>> {
  const sandbox = await startAll(registry, options);
  const byName = Object.fromEntries([...sandbox.sources, ...sandbox.targets].map((system) => [system.name, system]));
  // Each stand-in has the type that its own line of the registry gives.
  return { ...byName, ...sandbox } as SandboxOf<Registry>;
}

/** The options of a sandbox of which nobody knows what stands in it. */
interface AnyOptions extends CommonOptions<string> {
  readonly staff?: Readonly<Record<string, unknown>>;
}

async function startAll(registry: SystemRegistry, options: AnyOptions): Promise<AnySandbox> {
  const { now = () => new Date(), ports = {}, intercept } = options;
  const company = companyFrom(options.company ?? {}, now);
  const sources: (SourceSystem & Titled)[] = [];
  const targets: (TargetSystem & Titled)[] = [];
  const systems = () => [...sources, ...targets];
  const hr: HumanResources = {
    apply: (event) => {
      const person = applyEvent(company, event, now());
      for (const { happened } of systems()) happened?.(event, person?.id ?? null);
      return person;
    },
    moveTo: (day) => {
      moveTo(company, day);
      for (const { dayCame } of systems()) dayCame?.();
    },
  };
  let control: RunningServer | null = null;
  const stop = async (): Promise<void> => {
    await Promise.all([...systems(), ...(control === null ? [] : [control])].map((server) => server.stop()));
  };
  const worldOf = (name: string) => ({ company, now, port: ports[name] ?? 0 });
  try {
    for (const [name, { load }] of Object.entries(registry.sources))
      sources.push(await startOne(name, await load(), worldOf(name), options));
    for (const [name, { load }] of Object.entries(registry.targets))
      targets.push(await startOne(name, await load(), { ...worldOf(name), intercept }, options));
    const configFor = (source: string, target: string) => sandboxConfig({ sources, targets }, source, target);
    const app = createControl({ company, hr, systems: systems(), configFor });
    control = await listen((request) => app.fetch(request), ports.control ?? 0);
    return { company, hr, sources, targets, control: { url: `${control.url}/_sandbox` }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startOne<System extends RunningSystem>(
  name: string,
  { title, start }: SystemDefinition<System>,
  world: SystemWorld,
  options: AnyOptions,
): Promise<System & Titled> {
  // The options of the caller have the type of this stand-in's settings; its schema looks at them once more.
  const settings: unknown = Reflect.get(options, name) ?? {};
  return Object.assign(await start(world, Object(settings), options.staff?.[name]), { title });
}

function companyFrom(given: Company | Partial<CompanyRecipe>, now: () => Date): Company {
  if ('people' in given) return given;
  return makeCompany({ size: 400, seed: 1, today: now().toISOString().slice(0, 10), ...given });
}
