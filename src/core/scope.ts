/** One condition on an HR field; every given test must hold. Texts are compared exactly, patterns without case. */
export interface Condition {
  readonly field: string;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
  /** A regular expression, found anywhere in the value. */
  readonly matching?: RegExp;
  readonly notMatching?: RegExp;
  readonly empty?: boolean;
}

/** Whom the connector is for. */
export interface ScopePolicy {
  /** All must hold. */
  readonly filter: readonly Condition[];
  /** Whether people who have left must pass the filter as well, before they are deactivated. */
  readonly appliesToInactive: boolean;
}
