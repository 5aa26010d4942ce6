import type { Hono } from 'hono';
import type { Company } from './company/company.js';
import type { CompanyEvent } from './company/events.js';
import type { Intercept } from './listen.js';
import type { RunningSystem } from './running-system.js';

/** What a stand-in is started with. */
export interface SystemWorld {
  readonly company: Company;
  /** The clock of all stand-ins. */
  readonly now: () => Date;
  /** 0 takes a free one. */
  readonly port: number;
  readonly intercept?: Intercept | undefined;
}

/**
 * A stand-in that runs, with what the sandbox tells of it; `name` is its key in the registry. What else it has is for the
 * tests that know it.
 */
interface OpenSystem<Settings> extends RunningSystem<Settings> {
  /** What opens it besides its address, by the keys of its block in a config: `client_id` … */
  readonly access: Readonly<Record<string, string>>;
  /** Routes of its own below `/_sandbox/NAME` of the control API: looks inside, and does what its users would by hand. */
  readonly control?: Hono;
  /** How much it holds, for the overview of the control API. */
  readonly counts?: () => Readonly<Record<string, number>>;
  /** Hears what happened in HR; `person` is the profile that came of it, or null. */
  readonly happened?: (event: CompanyEvent, person: number | null) => void;
  /** Hears that the company's calendar has moved on. */
  readonly dayCame?: () => void;
}

/** What an HR system calls two attributes that the made-up company added: a whole number and a day. */
export interface OwnAttributes {
  readonly badge: string;
  readonly certified: string;
  /** What holds these units where the HR system has no field of its own for them. */
  readonly costCenter?: string;
  readonly legalEntity?: string;
}

/** A stand-in for an HR system. */
export interface SourceSystem<Settings = object> extends OpenSystem<Settings> {
  readonly attributes: OwnAttributes;
  /** The section `source` of a config for it: YAML with a line end. */
  readonly section: string;
}

/** A stand-in for a learning platform. */
export interface TargetSystem<Settings = object> extends OpenSystem<Settings> {
  /** The sections `target` and `mapping` of a config for it: YAML with a line end. */
  readonly sections: (attributes: OwnAttributes) => string;
  /** Makes custom fields that a customer's config names, as texts. Absent: they cannot be made from outside. */
  readonly addCustomFields?: (names: readonly string[]) => void;
}

/** What the folder of a stand-in exports. `staff` are accounts from the start that are nobody's in HR. */
export interface SystemDefinition<System extends RunningSystem> {
  /** How texts call it: "Learn Amp". */
  readonly title: string;
  start(world: SystemWorld, settings: object, staff?: unknown): Promise<System>;
}

/** One line of the registry. */
interface RegistryLine<System extends RunningSystem> {
  /** Its port, counted from the first one of the sandbox. */
  readonly port: number;
  readonly load: () => Promise<SystemDefinition<System>>;
}

/** The stand-ins by the `type` of their adapters. */
export interface SystemRegistry {
  readonly sources: Readonly<Record<string, RegistryLine<SourceSystem>>>;
  readonly targets: Readonly<Record<string, RegistryLine<TargetSystem>>>;
}
