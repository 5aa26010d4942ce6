/** A group of users, of the whole site or of a course category. */
export interface Cohort {
  readonly id: number;
  name: string;
  /** The web service keeps it unique; the database does not. */
  idnumber: string;
  description: string;
  visible: boolean;
  /** Null for a cohort of the whole site. */
  categoryId: number | null;
  /** The plugin that owns the cohort, or empty. The web service ignores it. */
  component: string;
  /** Ids of users. */
  readonly members: Set<number>;
}

/** A course category. */
export interface Category {
  readonly id: number;
  readonly idnumber: string;
}
