import { HrsyncError } from './errors.js';
import { EXIT } from './exit.js';

/** One line of the mapping that writes what its LMS field does not take. */
export interface MappingMismatch {
  /** The LMS field; a custom field is `custom_fields.NAME`. */
  readonly field: string;
  /** What it takes, or null where the LMS has no such field. */
  readonly takes: string | null;
  /** The HR attribute; null for a constant or a template. */
  readonly from: string | null;
  /** What comes out of the rule: the attribute's type, or what the rule's own `type` or `template` makes of it. */
  readonly makes: string | null;
  /** The constant that does not fit, where it is one. */
  readonly constant: string | null;
  /** The field that was most likely meant, where the LMS has no such field and has a near one. */
  readonly meant?: string;
  /** What would fit: types of HR attributes, types that the rule may give, values of a closed list. */
  readonly fitting: {
    readonly attributes: readonly string[];
    readonly types: readonly string[];
    readonly choices: readonly string[];
  };
}

/** The mapping and the two systems' fields do not fit together; holds every mismatch at once. */
export class MappingError extends HrsyncError {
  override readonly name = 'MappingError';
  override readonly exitCode = EXIT.usage;
  constructor(
    readonly source: string,
    readonly target: string,
    readonly mismatches: readonly MappingMismatch[],
  ) {
    super(
      `${mismatches.length === 1 ? '1 line of the mapping does' : `${mismatches.length} lines of the mapping do`} not fit ${target}`,
    );
  }
}

/** A file that is not a saved plan, or one that may not be applied. */
export class SavedPlanError extends HrsyncError {
  override readonly name = 'SavedPlanError';
  override readonly exitCode = EXIT.usage;
  constructor(
    readonly file: string,
    readonly problem:
      | { readonly kind: 'unreadable'; readonly detail: string }
      | { readonly kind: 'not_a_plan' }
      | { readonly kind: 'edited' }
      | { readonly kind: 'unsealed' }
      | { readonly kind: 'newer'; readonly format: number; readonly supported: number }
      | { readonly kind: 'checksum'; readonly expected: string; readonly actual: string }
      | { readonly kind: 'foreign'; readonly holds: string; readonly expected: string },
    options?: ErrorOptions,
  ) {
    super(`saved plan ${file}: ${problem.kind}`, options);
  }
}

/** A saved plan that differs from what a run would do now. */
export class StalePlanError extends HrsyncError {
  override readonly name = 'StalePlanError';
  override readonly exitCode = EXIT.stale;
  constructor(
    readonly file: string,
    /** What the plan rests on and what moved, as sentences: the day, the config, the mapping, the state. */
    readonly moved: readonly string[],
    /** The first changes that differ, as sentences without names, and how many there are in all. */
    readonly differences: readonly string[],
    readonly total: number,
  ) {
    super(`the saved plan ${file} is stale: ${[...moved, ...differences].join('; ')}`);
  }
}

/** The LMS answers well, and its accounts are not those that the state remembers: it is another company's. */
export class OtherCompanyError extends HrsyncError {
  override readonly name = 'OtherCompanyError';
  override readonly exitCode = EXIT.usage;
  constructor(
    readonly system: string,
    /** How many of the accounts that were looked at are the remembered people's. */
    readonly same: number,
    readonly lookedAt: number,
  ) {
    super(`${system} holds ${same} of ${lookedAt} remembered accounts`);
  }
}

/** More changes of a run failed than `safety.max_failures.stop` allows, so nothing but endings was begun any more. */
export class FailuresError extends HrsyncError {
  override readonly name = 'FailuresError';
  override readonly exitCode = EXIT.partial;
  constructor(
    readonly failed: number,
    readonly tried: number,
  ) {
    super(`${failed} of ${tried} changes failed, which is more than safety.max_failures.stop allows`);
  }
}
