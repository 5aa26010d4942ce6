import type { PlainField } from './catalogue.js';

/** The longest texts, in characters; what is longer is refused with the whole call: https://moodledev.io/ (user table). */
const LENGTHS: Readonly<Record<PlainField, number>> = {
  external_id: 255,
  email: 100,
  first_name: 100,
  last_name: 100,
  username: 100,
  department: 255,
  organization: 255,
  city: 120,
  country: 2,
  language: 30,
  time_zone: 100,
  phone: 20,
};

/** Moodle's countries (ISO 3166-1 alpha-2). Any other code empties the field without a word. */
const COUNTRIES = new Set(
  `AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG
  CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL
  GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA
  LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP
  NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
  SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`.split(
    /\s+/,
  ),
);

/** The fields in which a value that Moodle refuses makes the person wait; elsewhere only the field waits. */
const NEEDED: ReadonlySet<string> = new Set(['external_id', 'email', 'first_name', 'last_name', 'username']);

/** Whether the person waits where this field holds what Moodle refuses. */
export function isNeeded(field: string): boolean {
  return NEEDED.has(field);
}

/** Why Moodle would refuse a value that is not empty, as the rest of a sentence, or null where it takes it. */
export function problemWith(field: PlainField, text: string): string | null {
  if ([...text].length > LENGTHS[field] && field !== 'country') return `is longer than ${LENGTHS[field]} characters`;
  if (text.includes('\0')) return 'holds a null byte';
  switch (field) {
    case 'external_id':
      return text === '0' ? 'is 0, which Moodle takes for empty: give this employee another key' : null;
    case 'email':
      return isAddress(text)
        ? null
        : 'is an address that Moodle refuses (letters of ASCII alone, at most 64 before the @)';
    case 'username':
      return isUsername(text) ? null : 'may hold a-z, 0-9 and . - _ @ alone';
    case 'country':
      return COUNTRIES.has(text) ? null : 'is no country code of two letters that Moodle knows, such as DE or GB';
    case 'time_zone':
      return /^[+-]/.test(text) ? 'is no zone that Moodle takes: write Europe/Berlin, say' : null;
    case 'language':
      return /^[a-z][a-z0-9_]*$/.test(text) ? null : 'is no language code of Moodle, such as de or pt_br';
    default:
      return looksLikeTag(text) ? 'looks like an HTML tag (< before a letter)' : null;
  }
}

/** Whether Moodle takes an address; others no account can hold. */
export function isAddress(email: string): boolean {
  const [local = '', domain = ''] = email.split('@');
  return /^[\x21-\x7e]+$/.test(email) && local.length <= 64 && domain.includes('.');
}

/** The signs of a user name unless the site setting extendedusernamechars allows more. */
export function isUsername(text: string): boolean {
  return /^[a-z0-9.\-_@]{1,100}$/.test(text);
}

/** The name by which somebody logs in where the address is not taken for one: the employee key. */
export function usernameFrom(externalId: string): string {
  return externalId
    .toLowerCase()
    .replace(/[^a-z0-9.\-_@]/g, '-')
    .slice(0, LENGTHS.username);
}

// Texts in several languages may stand in spans: https://docs.moodle.org/ (Multi-language content filter).
function looksLikeTag(text: string): boolean {
  return /<(?!\s)/.test(text) && !/<span [^>]*class="multilang"/.test(text);
}
