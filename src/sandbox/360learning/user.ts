/** Roles of a membership, as bodies spell them; one path spells the last one `user-admin`. */
export const ROLES = ['admin', 'analyst', 'editor', 'coach', 'contributor', 'learner', 'userAdmin'] as const;

export type Role = (typeof ROLES)[number];

/** Codes of languages that 360Learning knows. */
export const LANGUAGES: ReadonlySet<string> = new Set(
  'bg,cs,da,de,el,en,es,fi,fr,hr,ht_HT,hu,id,it,ja,kar_MM,ko,lt,mh_MH,nl,nl_BE,no,pl,pt,ro,ru,rw_RW,sk,sl,so_SO,sv,sw_KE,th,ti_ET,tr,uk,zh,vi'.split(
    ',',
  ),
);

/** What the API can write of a user; null is unset. */
export interface UserData {
  mail: string | null;
  username: string | null;
  firstName: string | null;
  lastName: string | null;
  job: string | null;
  organization: string | null;
  phone: string | null;
  /** "Additional information", which is no custom field. */
  custom: string | null;
  lang: string;
  primaryGroupId: string | null;
  /** An instant; the user is deleted at that midnight. */
  toBeDeactivatedAt: string | null;
}

export interface LmsUser extends UserData {
  readonly id: string;
  status: 'active' | 'invited' | 'deleted';
  deletedAt: readonly string[];
  reactivatedAt: readonly string[];
  /** How often anything of the user was written. */
  writes: number;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly public: boolean;
  parentId: string | null;
}

export interface CustomField {
  readonly id: string;
  readonly name: string;
  readonly type: 'string' | 'date';
  /** A closed list; empty where there is none. */
  authorised: readonly string[];
}

export interface IdMapping {
  readonly id: string;
  platform: string;
  targetId: string;
  value: string;
}

export interface Mail {
  readonly to: string;
  readonly user: string;
  readonly at: string;
}

/** A user of whom nothing is known yet. */
export const blankUser: UserData = {
  mail: null,
  username: null,
  firstName: null,
  lastName: null,
  job: null,
  organization: null,
  phone: null,
  custom: null,
  lang: 'en',
  primaryGroupId: null,
  toBeDeactivatedAt: null,
};
