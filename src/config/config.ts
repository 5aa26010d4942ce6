import type { FailurePolicy } from '../core/failure-share.js';
import type { MappingRule } from '../core/mapping.js';
import type {
  DeactivationPolicy,
  DriftPolicy,
  InvitationPolicy,
  MatchKey,
  MatchNames,
  ReadPolicy,
} from '../core/policy.js';
import type { RolloutPolicy } from '../core/rollout.js';
import type { SafetyPolicy } from '../core/safety.js';
import type { ScopePolicy } from '../core/scope.js';
import type { SourceDefinition } from '../sources/source.js';
import type { TargetDefinition } from '../targets/target.js';
import type { ServeConfig } from './between-nights.js';
import type { NotifyPolicy } from './notify.js';
import type { ZonePolicy } from './zones.js';

/** A connector's config, read, checked and trusted. Nothing below `config` sees any other form of it. */
export interface Config {
  readonly name: string;
  /** IANA zone that decides what "today" is. */
  readonly timezone: string;
  /** The zones of people who work elsewhere; null: everybody's is the connector's own. */
  readonly zones: ZonePolicy | null;
  readonly source: { readonly definition: SourceDefinition; readonly settings: unknown };
  readonly target: { readonly definition: TargetDefinition; readonly settings: unknown };
  readonly match: readonly MatchKey[];
  readonly matchNames: MatchNames;
  /** E-mail patterns (`*` for anything) of accounts that are never touched. */
  readonly protect: readonly string[];
  readonly mapping: readonly MappingRule[];
  /** The HR field whose text is the external id of an account (`employees.key`); `id` for the employee id. */
  readonly employeeKey: string;
  readonly scope: ScopePolicy;
  readonly invitations: InvitationPolicy;
  readonly deactivation: DeactivationPolicy;
  readonly read: ReadPolicy;
  readonly safety: SafetyPolicy;
  readonly drift: DriftPolicy;
  /** Which kinds of changes are carried out; what is off is planned and held back. */
  readonly rollout: RolloutPolicy;
  readonly failures: FailurePolicy;
  readonly notify: NotifyPolicy;
  /** `fullEvery`: milliseconds after which a run between nights reads everybody. */
  readonly sync: { readonly fullEvery: number };
  /** Cron expressions in the connector's zone; null: never. */
  readonly schedule: { readonly importAll: string | null; readonly sync: string | null };
  readonly serve: ServeConfig;
  /** Absolute path of the state file. */
  readonly state: string;
  /** Absolute path of the config file. */
  readonly file: string;
  /** The line of the file on which a key or a list item stands (`['mapping', 'job_title']`), or null. */
  readonly lineOf: (path: readonly (string | number)[]) => number | null;
  /** What works but should not stay so, as sentences: a secret in clear, a file readable by others. */
  readonly warnings: readonly string[];
  /** Every secret of the file in clear, so that output can be searched for them before it leaves. */
  readonly secrets: readonly string[];
}
