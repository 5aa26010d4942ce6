import * as z from 'zod';

/** What the documentation of v2 leaves open. Only `api: v2` looks at these. */
export const v2Settings = {
  /**
   * What it means that a person lacks a field that others have: the value is empty (`empty`), or nothing is known of it
   * (`keep`). The examples write an empty value as null, while the schema requires nothing, so `auto` goes by the answers:
   * where they write null, what is absent is unknown. https://developer.personio.de/reference/get_v2-persons
   */
  absent_value: z.enum(['auto', 'empty', 'keep']).default('auto'),
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
