import type { SourceFieldType } from './field-type.js';

/** What a config may hold as the value of a setting, as `init` proposes it. */
export type ProposedValue = string | readonly string[] | { readonly [key: string]: ProposedValue };

/** What a look at something of the customer's, such as a file, tells a new config. */
export interface SetupLook {
  /** What was seen, as lines for the person who answers. */
  readonly shows: readonly string[];
  /** Settings to write. */
  readonly settings: Readonly<Record<string, ProposedValue>>;
  /** The HR fields that there will be; null where nothing could be seen. */
  readonly offers:
    | readonly { readonly name: string; readonly label: string | null; readonly type: SourceFieldType }[]
    | null;
}

/** What `init` knows of an adapter besides its settings. Everything is optional. */
export interface SetupHints {
  /** Systems that people reach through this one, as they call them: "Workday". The best-known come first. */
  readonly reaches?: readonly string[];
  /** Ways to log in of which a config has one, the usual first, where the schema alone requires none of them. */
  readonly logins?: readonly { readonly title: string; readonly settings: readonly string[] }[];
  /** A setting to look at, once it is known: gives what follows from it. A setting that is a path comes absolute. */
  readonly look?: { readonly setting: string; at(value: string, signal: AbortSignal): Promise<SetupLook> };
}
