import { HR_FIELDS } from '../core/employee.js';
import { sayDay } from './html/wording.js';
import { safeText } from './terminal.js';

const LONGEST = 1_000;
const KEYS =
  'mapping|match|match_names|protect|employees|invitations|deactivation|safety|drift|notify|sync|schedule|serve|source|target';
/** `(invitations.existing_staff: skip)`: what an operator may look up in the config. */
const CONFIG_IN_BRACKETS = new RegExp(`\\s*\\((?:${KEYS})(?:[.:,[][^()]*)?\\)`, 'g');
const CONFIG_KEY = new RegExp(`(?<![\\w@.-])(?:${KEYS})\\.[a-z_]+`);
const LINK_COMMAND = /"hrsync link [^"]*"/g;
const COMMAND = /"hrsync |(?:^|\s)--[a-z]/;
const PATTERN_OF_CONFIG = /\ba pattern under (?:deactivation\.)?protect\b/g;
const NAMES = [...HR_FIELDS, 'primary_team', 'primary_location', 'hire_date', 'external_id', 'user_name'];
const FIELD = new RegExp(`(?<![\\w@.-])(?:${NAMES.filter((name) => name.includes('_')).join('|')})(?![\\w@-])`, 'g');
const ISO_DAY = /(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-])/g;

/** A sentence of hrsync's as HR reads it: days in words, fields by their names, nothing that only the config explains. */
export function plainly(sentence: string): string {
  const text = sentence
    .replace(CONFIG_IN_BRACKETS, '')
    .replace(LINK_COMMAND, 'ask whoever runs the import to link it')
    .replace(PATTERN_OF_CONFIG, 'a protected address')
    .replace(FIELD, (name) => name.replaceAll('_', ' '));
  return safeText(withDays(text), LONGEST);
}

/** The same without the clauses that only tell an operator what to type; empty where nothing is left. */
export function withoutCommands(sentence: string): string {
  const clauses = plainly(sentence).split('; ');
  return clauses.filter((clause) => !COMMAND.test(clause) && !CONFIG_KEY.test(clause)).join('; ');
}

/** A text whose days are written as everywhere on the page. */
export function withDays(text: string): string {
  return text.replace(ISO_DAY, sayDay);
}

/** A sentence that begins with a capital letter. */
export function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
