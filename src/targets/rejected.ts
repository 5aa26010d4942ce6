import { HrsyncError } from '../errors.js';

/** The LMS says that what we ask for this one person cannot be; nothing was changed. */
export class RejectedError extends HrsyncError {
  override readonly name = 'RejectedError';
  constructor(
    /** Why, in one vocabulary for all targets. */
    readonly reason:
      | 'email_taken'
      | 'external_id_taken'
      | 'invalid_value'
      | 'unknown_account'
      | 'unknown_reference'
      | 'by_hand'
      | 'other',
    /** The system's own words, shortened. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}
