/** What an HR attribute can be, in one vocabulary for all sources; `unknown` where the HR system does not say. */
export type SourceFieldType =
  | 'text'
  | 'multiline'
  | 'link'
  | 'list'
  | 'tags'
  | 'date'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'employee'
  | 'unknown';

/** What an LMS field takes. The three choices take one value of a closed list of texts, integers or decimals. */
export type TargetFieldType =
  | 'text'
  | 'email'
  | 'date'
  | 'integer'
  | 'decimal'
  | 'boolean'
  | 'choice'
  | 'integer_choice'
  | 'decimal_choice'
  | 'multi_choice'
  | 'employee';

/** Which fields of a target an HR attribute of each type may be written to. */
export type TypeTable = Readonly<Record<SourceFieldType, readonly TargetFieldType[]>>;
