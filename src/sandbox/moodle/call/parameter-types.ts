import type { MoodleSettings } from '../settings.js';

/** The types of parameters and answers. Moodle refuses a value that its cleaning would change. */
export type ParameterType =
  | 'raw'
  | 'rawTrimmed'
  | 'text'
  | 'noTags'
  | 'int'
  | 'bool'
  | 'alpha'
  | 'alphanumext'
  | 'username'
  | 'timezone'
  | 'lang'
  | 'theme'
  | 'auth';

type Test = (value: string, settings: MoodleSettings) => boolean;

const MULTI_LANGUAGE = /<span\b[^<>]*\bclass="multilang"[^<>]*>|<\/span>/g;
const TAG = /<(?!\s)/;

// Empty text fits all types except `int` and `bool`.
const TESTS: Readonly<Record<ParameterType, Test>> = {
  raw: () => true,
  rawTrimmed: (value) => value === value.trim(),
  text: (value) => !TAG.test(value.replace(MULTI_LANGUAGE, '')),
  noTags: (value) => !TAG.test(value),
  int: (value) => /^(0|-?[1-9]\d*)$/.test(value),
  bool: (value) => value === '0' || value === '1',
  alpha: (value) => /^[A-Za-z]*$/.test(value),
  alphanumext: (value) => /^[\w-]*$/.test(value),
  username: (value, { extendedUsernameChars }) =>
    extendedUsernameChars ? value === value.trim().toLowerCase() : /^[a-z0-9.@_-]*$/.test(value),
  timezone: (value) => /^(|99|[+-]?\d{1,2}(\.[05])?|[A-Za-z0-9]+(\/?[A-Za-z_-])+)$/.test(value),
  lang: (value, { languages }) => value === '' || languages.includes(value),
  theme: (value, { themes }) => value === '' || themes.includes(value),
  auth: (value, { authPlugins }) => value === '' || Object.hasOwn(authPlugins, value),
};

/** Whether a value fits a type. Null bytes and invalid UTF-8 fit none. */
export function isClean(type: ParameterType, value: string, settings: MoodleSettings): boolean {
  return value.isWellFormed() && !value.includes('\0') && TESTS[type](value, settings);
}
