import * as z from 'zod';

/** What the documentation of v2 leaves open. Only `api: v2` looks at these. */
export const v2Settings = {
  /**
   * What it means that a person lacks a field that others have. The schema requires nothing, so an empty value may be
   * left out (`empty`); `keep` leaves what the LMS holds as it is. https://developer.personio.de/reference/get_v2-persons
   */
  absent_value: z.enum(['empty', 'keep']).default('empty'),
  /**
   * HR fields that may come with nobody at all. Elsewhere that looks like a lost permission and stops the run: v2 has no
   * list of what these credentials may read.
   */
  may_be_empty: z.array(z.string().min(1)).default(['termination_date', 'last_working_day']),
  /**
   * Who tells whose employments changed: v1, where the same credentials find one list of all changes, or v2, which has to
   * be asked for the employments of one person after another.
   */
  changes_by: z.enum(['v1', 'v2']).default('v1'),
} as const;
