/** A custom profile field. */
export interface ProfileField {
  readonly shortname: string;
  readonly name: string;
  readonly kind: 'text' | 'textarea' | 'menu' | 'checkbox' | 'datetime';
  /** Shown while nothing is stored. */
  readonly default: string;
  /** Maximum length of a text, in characters. */
  readonly maxLength: number;
  /** Options of a menu. */
  readonly options: readonly string[];
  /** First and last year of a date. */
  readonly years: readonly [number, number];
  readonly hasTime: boolean;
  /** Who sees it: 0 nobody, 1 the user, 2 everyone, 3 teachers. */
  readonly visible: 0 | 1 | 2 | 3;
  readonly required: boolean;
}

/** A field with the defaults of Moodle's form. */
export function profileField(given: Pick<ProfileField, 'shortname'> & Partial<ProfileField>): ProfileField {
  return {
    name: given.shortname,
    kind: 'text',
    default: given.kind === 'checkbox' ? '0' : '',
    maxLength: 2048,
    options: [],
    years: [1950, 2050],
    hasTime: false,
    visible: 2,
    required: false,
    ...given,
  };
}

/** The fields of the sandbox's site. */
export const PROFILE_FIELDS: readonly ProfileField[] = [
  profileField({ shortname: 'jobtitle', name: 'Job title' }),
  profileField({ shortname: 'costcentre', name: 'Cost centre' }),
  profileField({ shortname: 'manager', name: 'Manager' }),
  profileField({ shortname: 'badge', name: 'Badge', maxLength: 20 }),
  profileField({ shortname: 'hiredate', name: 'Hire date', kind: 'datetime' }),
  profileField({ shortname: 'certifiedon', name: 'Certified on', kind: 'datetime' }),
  profileField({ shortname: 'contract', name: 'Contract', kind: 'menu', options: ['Internal', 'External', 'R & D'] }),
  profileField({ shortname: 'remote', name: 'Works remotely', kind: 'checkbox' }),
  profileField({ shortname: 'notes', name: 'Notes', kind: 'textarea' }),
];
