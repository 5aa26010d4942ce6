import type * as z from 'zod';
import type { Employee } from '../core/employee.js';
import type { SourceFieldType } from '../core/field-type.js';
import type { NamelessUnits } from '../core/nameless.js';
import type { SetupHints } from '../core/setup.js';
import type { AdapterWorld, Finding } from '../http/world.js';
import type { EventIntake } from './events.js';
import type { WebhookAdmin } from './webhooks.js';

/** One attribute that the HR system offers, for `check`, `fields` and the type table. */
export interface SourceField {
  /** The HR field to write in `mapping`, such as `job_title` or `dynamic_1234567`. */
  readonly name: string;
  /** What the HR system calls it in its own interface, or null. */
  readonly label: string | null;
  readonly type: SourceFieldType;
}

/**
 * One record of a page: an employee, or one that could not be read at all, since it has no id or a part of it did not come.
 * A field that cannot be understood makes no record unreadable: it stands in `Employee.unreadable`.
 */
export type SourceRecord = { readonly employee: Employee } | { readonly unreadable: UnreadRecord };

/** Somebody who could not be read, as far as the record says who it is, and why. */
export interface UnreadRecord {
  readonly id: string | null;
  readonly name: string | null;
  /** The work e-mail; absent where it is not known. */
  readonly email?: string;
  readonly problem: string;
}

/** One page of a read, in the order in which the HR system gave it. */
export interface SourcePage {
  readonly records: readonly SourceRecord[];
  /** How many people the HR system says there are in all, or null where it does not say. */
  readonly total: number | null;
}

/** What a read says of itself once it has ended; the core judges completeness from it. */
export interface ReadFacts {
  readonly pages: number;
  /** The total as the first and the last page gave it, or null where the HR system gives none. */
  readonly totalAtStart: number | null;
  readonly totalAtEnd: number | null;
  /** The HR fields that stood, even empty, on at least one record. */
  readonly presentFields: ReadonlySet<string>;
  /** Those of them that stood on nobody, which the config lets be so, and whose absence does not mean "empty". */
  readonly absentFields?: readonly string[];
  /** What the run should tell of this read, as sentences without personal data: how old the data is, what was not shown. */
  readonly notices: readonly string[];
  /** How many people are in units without a name, per HR field; absent: none, or not counted. */
  readonly nameless?: readonly NamelessUnits[];
  /** What the read rests on, where the same bytes may be read twice: they are no second proof of who is absent. */
  readonly bytes?: ReadBytes;
}

/** The bytes that a read rests on. */
export interface ReadBytes {
  readonly digest: string;
  /** What a night makes of the bytes of the last complete read: it goes on and says so, or ends with exit code 6. */
  readonly unchanged: 'note' | 'refuse';
  /** How messages call what holds them, such as the name of a file. */
  readonly name: string;
}

/** One page of people who were asked for by id. */
export interface NamedPage extends SourcePage {
  /** Those of the ids that the HR system says it does not have: a clear "not found", never a mere lack of an answer. */
  readonly absent: readonly string[];
}

/** Whom the state knows, for a source that may read less than the company. */
export interface KnownPeople {
  /** Employee ids by e-mail address (a key as `emailKey` gives it). An address that several people bear is left out. */
  idsByEmail(emailKeys: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** What a source can do besides reading everybody. */
export interface SourceCapabilities {
  /**
   * How many people one request of a whole read brings, further requests for each of them counted in; decides when reading
   * everybody is the cheaper way.
   */
  readonly peoplePerPage: number;
  /** The same of `readByIds`. */
  readonly idsPerRequest: number;
}

/**
 * One HR system. Reads only; knows nothing of targets or of the state.
 *
 * A source throws `CredentialsError` and `PermissionError` for what an admin must mend, `IncompleteReadError` when an
 * answer cannot be believed (HTML, wrong shape, an end that is no end), and lets the HTTP errors through.
 *
 * Every text of an employee is one that `core/text` gives, and every day one that `core/day` gives. A unit (department,
 * team, place …) without a name is unknown, not empty: the field is left out, and a notice tells of it. Whom HR lists
 * twice comes twice.
 */
export interface Source {
  readonly type: string;
  /** How reports call it: "Personio". */
  readonly title: string;
  /** Which company's HR system this is, without secrets; a state file belongs to one identity. */
  readonly identity: string;
  /**
   * Reads every employee, page by page, inactive people included; the generator's return value is the account of the read.
   * `fields` names the HR fields that mapping, filters and lifecycle need; others may be left out of the employees.
   */
  read(fields: readonly string[]): AsyncGenerator<SourcePage, ReadFacts>;
  /**
   * Whether `read` brings only people who changed. The first read must hold everybody all the same; from then on nothing
   * follows from absence, and `min_employees` does not apply. Absent: everybody.
   */
  readonly givesChangesOnly?: boolean;
  /** Tells the source how to ask whom the state knows; before it reads. Absent where its data names everybody. */
  meet?(known: KnownPeople): void;
  /** With `readByIds`; a source without the two is read whole also between nights. */
  readonly capabilities?: SourceCapabilities;
  /**
   * Reads the people who changed at or after an instant, new and inactive people included. Optional: where the HR system has no
   * such filter, everybody is read. Filters of this kind are known to lie, so nobody relies on it for completeness; a
   * source reaches back further by itself where clocks or zones are in doubt. In the facts, totals are those of this read.
   */
  readChanged?(fields: readonly string[], since: Date): AsyncGenerator<SourcePage, ReadFacts>;
  /**
   * Reads these people, inactive ones included. `absent` names the people the HR system says it does not have; an error
   * about one of them fails the read.
   */
  readByIds?(fields: readonly string[], ids: readonly string[]): AsyncGenerator<NamedPage, ReadFacts>;
  /**
   * What `read` would rest on now, as a text that another state of the data changes: name, size and time of a file, say. Null
   * while nothing can be read. "hrsync serve" looks often and runs a sync for each new one. Absent where a look is a request.
   */
  stamp?(): Promise<string | null>;
  /** Every attribute that these credentials may read. */
  fields(): Promise<readonly SourceField[]>;
  /** Looks at credentials, permissions and the needed HR fields; changes nothing and never throws for what it finds. */
  check(fields: readonly string[]): Promise<readonly Finding[]>;
  /**
   * The HR system's clock minus ours in ms, by the latest successful answer; null before any answer that tells. A source
   * that is not asked over the network has none.
   */
  clockSkew?(): number | null;
}

/** What is known of a source's HR fields before it is asked. */
export interface OfflineLook {
  /** Only fields whose type never hangs on the customer. */
  readonly fields: readonly Pick<SourceField, 'name' | 'type'>[];
  /** Needed fields that it cannot have, each an error of the config. */
  readonly findings: readonly Finding[];
}

/** Made-up people as a source that reads files would read them. */
export interface SourceSample {
  /** Each stands in the folder of the config. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Keys of the `source` block that lead to these files, as they stand in a config. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** One line of the registry: how to read the settings of a source and how to open it. */
export interface SourceDefinition<Settings = unknown> {
  readonly type: string;
  readonly title: string;
  readonly settings: z.ZodType<Settings>;
  /** Settings that are paths: relative ones start at the config file. */
  readonly paths?: readonly string[];
  /**
   * What names the credential (a client id, never a secret), where customers of one host are told apart by nothing else in
   * `identity`. Only its digest is kept; another one makes a run look whether it is still the same company.
   */
  credentialName?(settings: Settings): string;
  /** What `init` knows of it besides its settings. */
  readonly setup?: SetupHints;
  /** Conditions that `init` writes under `employees.filter`, each as YAML on one line. */
  readonly filter?: readonly string[];
  /** The HR system's own names of HR fields that a config may not use, and the HR field to write instead. */
  readonly names?: Readonly<Record<string, string>>;
  /** What these settings alone tell of the HR fields that a config needs, nobody being asked. Absent: nothing. */
  lookOffline?(settings: Settings, needed: readonly string[]): OfflineLook;
  open(settings: Settings, world: AdapterWorld): Source;
  /** Writes made-up people as these settings read them, for rehearsals. Absent: it asks over the network, and has a stand-in. */
  sample?(settings: Settings, people: readonly Employee[]): SourceSample;
  /** How its webhooks are received; absent: it sends none. */
  readonly events?: EventIntake;
  /** Opens the subscriptions to its events, where these can be managed by an API. */
  webhooks?(settings: Settings, world: AdapterWorld): WebhookAdmin;
}
