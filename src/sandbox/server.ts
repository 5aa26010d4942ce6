import type { Day } from '../core/day.js';
import { create360Learning } from './360learning/create-360learning.js';
import { Platform, type PlatformStaff } from './360learning/platform.js';
import {
  type Learning360Settings,
  type Learning360SettingsInput,
  learning360SettingsSchema,
} from './360learning/settings.js';
import { applyEvent, moveTo } from './company/calendar.js';
import type { Company, Person } from './company/company.js';
import type { CompanyEvent } from './company/events.js';
import { type CompanyRecipe, makeCompany } from './company/make-company.js';
import { createControl } from './control/create-control.js';
import { createKombo } from './kombo/create-kombo.js';
import { komboId } from './kombo/ids.js';
import { type KomboSettings, type KomboSettingsInput, komboSettingsSchema } from './kombo/settings.js';
import { Academy, type AcademyStaff } from './learnamp/academy.js';
import { createLearnAmp } from './learnamp/create-learn-amp.js';
import { type LearnAmpSettings, type LearnAmpSettingsInput, learnAmpSettingsSchema } from './learnamp/settings.js';
import { createLearnUpon } from './learnupon/create-learnupon.js';
import { Portal, type PortalStaff } from './learnupon/portal.js';
import { type LearnUponSettings, type LearnUponSettingsInput, learnUponSettingsSchema } from './learnupon/settings.js';
import { type Intercept, type Listening, listen } from './listen.js';
import { createPersonio } from './personio/create-personio.js';
import { type PersonioSettings, type PersonioSettingsInput, personioSettingsSchema } from './personio/settings.js';
import { Webhooks } from './personio/webhooks.js';
import { createSettings, type RunningSystem, runSystem } from './running-system.js';

/** What can be chosen about a sandbox; everything has a default. */
export interface SandboxOptions {
  /** A company made elsewhere, or what to make one from (400 people, seed 1, today's day). */
  readonly company?: Company | Partial<CompanyRecipe>;
  /** Ports; 0 (the default) takes a free one. */
  readonly ports?: Readonly<
    Partial<Record<'personio' | 'kombo' | 'learnamp' | 'learnupon' | '360learning' | 'control', number>>
  >;
  readonly personio?: PersonioSettingsInput;
  readonly kombo?: KomboSettingsInput;
  readonly learnamp?: LearnAmpSettingsInput;
  readonly '360learning'?: Learning360SettingsInput;
  readonly learnupon?: LearnUponSettingsInput;
  /** Who runs each learning platform from the start without being in HR; an owner and administrators unless given. */
  readonly staff?: {
    readonly learnamp?: readonly AcademyStaff[];
    /** Besides the owner, who is always there. */
    readonly '360learning'?: readonly PlatformStaff[];
    readonly learnupon?: readonly PortalStaff[];
  };
  /** The clock of all systems; the company's own calendar moves by `hr.moveTo` only. */
  readonly now?: () => Date;
  /** Stands between the learning platforms and their callers. */
  readonly intercept?: Intercept;
}

/** What happens in HR. */
interface HumanResources {
  apply(event: CompanyEvent): Person | null;
  moveTo(day: Day): void;
}

/** Credentials that the system accepts, besides how it runs. */
type Reachable<Settings> = RunningSystem<Settings> & { readonly clientId: string; readonly clientSecret: string };

/** Kombo, what opens it, and the id that it gives to somebody. */
type ReachableKombo = RunningSystem<KomboSettings> & {
  readonly apiKey: string;
  readonly integrationId: string;
  idOf(person: Pick<Person, 'id'>): string;
};

/** HR systems and learning platforms on loopback, around one made-up company. */
export interface Sandbox {
  readonly company: Company;
  readonly hr: HumanResources;
  readonly lms: Academy;
  readonly personio: Reachable<PersonioSettings>;
  readonly kombo: ReachableKombo;
  readonly learnamp: Reachable<LearnAmpSettings>;
  readonly '360learning': Reachable<Learning360Settings> & { readonly platform: Platform };
  /** What LearnUpon holds, and the system around it; `url` is the whole address of its API. */
  readonly portal: Portal;
  readonly learnupon: RunningSystem<LearnUponSettings> & LearnUponSettings['keys'];
  /** The same access for other processes; see `createControl`. */
  readonly control: { readonly url: string };
  stop(): Promise<void>;
}

/** Starts everything; the caller stops it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { now = () => new Date(), ports = {}, staff = {}, intercept } = options;
  const company = companyFrom(options.company ?? {}, now);
  const webhooks = new Webhooks(now);
  const hr: HumanResources = {
    apply: (event) => {
      const person = applyEvent(company, event, now());
      webhooks.happened(event, person?.id ?? null);
      return person;
    },
    moveTo: (day) => moveTo(company, day),
  };
  const lms = new Academy(now, staff.learnamp);
  const portal = new Portal(now, staff.learnupon);
  const running: Listening[] = [];
  const started = <Server extends Listening>(server: Server): Server => {
    running.push(server);
    return server;
  };
  const stop = async (): Promise<void> => {
    webhooks.stop();
    await Promise.all(running.map((server) => server.stop()));
  };
  try {
    const personio = started(
      await startPersonio(company, options.personio ?? {}, { now, webhooks }, ports.personio ?? 0),
    );
    const kombo = started(await startKombo(company, options.kombo ?? {}, now, ports.kombo ?? 0));
    const learnamp = started(
      await startLearnAmp(lms, options.learnamp ?? {}, { now, port: ports.learnamp ?? 0, intercept }),
    );
    const groups = company.departments.map(({ name }) => name);
    const learning360 = started(
      await start360Learning(new Platform(now, groups, staff['360learning']), options['360learning'] ?? {}, {
        ...{ now, intercept },
        port: ports['360learning'] ?? 0,
      }),
    );
    const learnupon = started(
      await startLearnUpon(portal, options.learnupon ?? {}, { ...{ now, intercept }, port: ports.learnupon ?? 0 }),
    );
    const systems = [personio, kombo, learnamp, learning360, learnupon];
    const app = createControl({ company, hr, lms, portal, platform: learning360.platform, systems });
    const control = started(await listen((request) => app.fetch(request), ports.control ?? 0));
    const reachable = {
      personio,
      kombo,
      learnamp,
      learnupon,
      '360learning': learning360,
      control: { url: `${control.url}/_sandbox` },
    };
    return { company, hr, lms, portal, ...reachable, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function companyFrom(given: Company | Partial<CompanyRecipe>, now: () => Date): Company {
  if ('people' in given) return given;
  return makeCompany({ size: 400, seed: 1, today: now().toISOString().slice(0, 10), ...given });
}

async function startPersonio(
  company: Company,
  input: PersonioSettingsInput,
  { now, webhooks }: { readonly now: () => Date; readonly webhooks: Webhooks },
  port: number,
): Promise<Reachable<PersonioSettings>> {
  const settings = createSettings(personioSettingsSchema, input);
  const standIn = createPersonio({ company, settings: settings.values, now, webhooks });
  const system = await runSystem('personio', standIn, settings, { now, port });
  return { ...system, ...firstOf(settings.values.credentials) };
}

async function startKombo(
  company: Company,
  input: KomboSettingsInput,
  now: () => Date,
  port: number,
): Promise<ReachableKombo> {
  const settings = createSettings(komboSettingsSchema, input);
  const standIn = createKombo({ company, settings: settings.values, now });
  const system = await runSystem('kombo', standIn, settings, { now, port });
  const { apiKeys, integrationId } = settings.values;
  return {
    ...{ ...system, url: `${system.url}/v1`, apiKey: apiKeys[0] ?? '', integrationId },
    idOf: ({ id }) => komboId(settings.values.integrationId, String(id)),
  };
}

async function startLearnAmp(
  academy: Academy,
  input: LearnAmpSettingsInput,
  world: Parameters<typeof runSystem>[3],
): Promise<Reachable<LearnAmpSettings>> {
  const settings = createSettings(learnAmpSettingsSchema, input);
  const standIn = createLearnAmp({ academy, settings: settings.values, now: world.now });
  const system = await runSystem('learnamp', standIn, settings, world);
  return { ...system, ...firstOf(settings.values.keys) };
}

async function start360Learning(
  platform: Platform,
  input: Learning360SettingsInput,
  world: Parameters<typeof runSystem>[3],
): Promise<Sandbox['360learning']> {
  const settings = createSettings(learning360SettingsSchema, input);
  const standIn = create360Learning({ platform, settings: settings.values, now: world.now });
  const system = await runSystem('360learning', standIn, settings, world);
  return { ...system, ...firstOf(settings.values.credentials), platform };
}

async function startLearnUpon(
  portal: Portal,
  input: LearnUponSettingsInput,
  world: Parameters<typeof runSystem>[3],
): Promise<Sandbox['learnupon']> {
  const settings = createSettings(learnUponSettingsSchema, input);
  const standIn = createLearnUpon({ portal, settings: settings.values, now: world.now });
  const system = await runSystem('learnupon', standIn, settings, world);
  return { ...system, url: `${system.url}/api/v1`, ...settings.values.keys };
}

function firstOf(credentials: readonly { readonly clientId: string; readonly clientSecret: string }[]) {
  const [{ clientId, clientSecret } = { clientId: '', clientSecret: '' }] = credentials;
  return { clientId, clientSecret };
}
