/** The fields of a user that the web service can write. Texts are kept as sent. */
export interface UserData {
  username: string;
  firstname: string;
  lastname: string;
  email: string;
  /** Name of the sign-on plugin: `manual`, `oauth2` … */
  auth: string;
  idnumber: string;
  lang: string;
  theme: string;
  /** A time zone, or `99` for the site's. */
  timezone: string;
  city: string;
  /** Two capital letters. */
  country: string;
  department: string;
  institution: string;
  phone1: string;
  phone2: string;
  address: string;
  description: string;
  middlename: string;
  alternatename: string;
  firstnamephonetic: string;
  lastnamephonetic: string;
  interests: string;
  calendartype: string;
  mailformat: number;
  /** Who sees the address: 0 nobody, 1 everyone, 2 people in the same course. */
  maildisplay: number;
  suspended: boolean;
  /** Custom values by shortname, as the database holds them: dates in unix seconds, checkboxes as sent. */
  custom: Readonly<Record<string, string>>;
  preferences: Readonly<Record<string, string>>;
}

/** One user. Times are unix seconds; 0 means never. */
export interface User extends Readonly<UserData> {
  readonly id: number;
  readonly confirmed: boolean;
  readonly deleted: boolean;
  /** Whether the user belongs to another site of a Moodle network. */
  readonly isRemote: boolean;
  /** Null when the sign-on plugin keeps no password in Moodle. */
  readonly password: string | null;
  /** Number of open sessions. */
  readonly sessions: number;
  readonly firstaccess: number;
  readonly lastaccess: number;
  readonly timecreated: number;
  readonly timemodified: number;
}

/** A mail that the site sent. */
export interface Mail {
  readonly to: string;
  /** A new password in plain text; a link to set one; or a note that the user cannot set one here. */
  readonly kind: 'password' | 'reset_link' | 'reset_impossible';
  readonly username: string;
  readonly lang: string;
  /** Instant, ISO 8601. */
  readonly at: string;
}

/** The defaults of a new user. */
export const blankUser: Omit<User, 'id' | 'timecreated' | 'timemodified'> = {
  username: '',
  firstname: '',
  lastname: '',
  email: '',
  auth: 'manual',
  idnumber: '',
  lang: 'en',
  theme: '',
  timezone: '99',
  city: '',
  country: '',
  department: '',
  institution: '',
  phone1: '',
  phone2: '',
  address: '',
  description: '',
  middlename: '',
  alternatename: '',
  firstnamephonetic: '',
  lastnamephonetic: '',
  interests: '',
  calendartype: 'gregorian',
  mailformat: 1,
  maildisplay: 2,
  suspended: false,
  custom: {},
  preferences: {},
  confirmed: true,
  deleted: false,
  isRemote: false,
  password: null,
  sessions: 0,
  firstaccess: 0,
  lastaccess: 0,
};
