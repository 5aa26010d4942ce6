import type { AdapterSetting } from '../../config/adapter-settings.js';
import { CUSTOM_FIELD_PREFIX } from '../../core/account.js';
import type { ProposedValue } from '../../core/setup.js';
import type { SourceField } from '../../sources/source.js';
import { type Answers, referenceFor } from './answers.js';
import type { ProposedRule } from './propose.js';

/** Everything that a new config says. */
export interface NewConfig {
  readonly answers: Answers;
  readonly set: Readonly<Record<string, string>>;
  /** What a look at the customer's own things says of the settings of either end. */
  readonly proposed: Readonly<Record<'source' | 'target', Readonly<Record<string, ProposedValue>>>>;
  readonly settings: Readonly<Record<'source' | 'target', readonly AdapterSetting[]>>;
  /** Conditions that the source suggests, each as YAML. */
  readonly filter: readonly string[];
  readonly rules: readonly ProposedRule[];
  /** What HR offers besides, as suggestions. */
  readonly further: readonly SourceField[];
}

const FURTHER_SHOWN = 60;

/** The text of a new config, with comments. */
export function configTextOf(config: NewConfig): string {
  const { answers, filter, rules, further } = config;
  return `# hrsync: one connector between one HR system and one learning platform. "hrsync check" tries it without changing anything.
# \${NAME} is read from the environment, \${file:PATH} from a file; config.example.yaml explains every key.

version: 1
name: ${answers.name}
# What "today" means for hire and leave dates.
timezone: ${answers.timezone}

source:
${endLines(config, 'source').join('\n')}

target:
${endLines(config, 'target').join('\n')}

# How an account that exists already is found, in this order. Two candidates are a skip, never a guess.
match: [external_id, email]

# Learning platform field: HR field. Only what stands here is ever written.
mapping:
${mappingLines(rules, further).join('\n')}

# Whom this connector is for: all conditions must hold.
employees:
${filterLines(filter).join('\n')}

invitations:
  # immediately, on_hire_date or never.
  send: on_hire_date
  # People hired before the first import: skip or send.
  existing_staff: skip

deactivation:
  # The HR status, and/or the day after the last day.
  when: [inactive, termination_date]
  # People who are gone from that many complete reads, for that many days, count as leavers.
  missing: { after_runs: 2, after_days: 2 }
  # E-mail addresses that are never deactivated; * stands for anything.
  protect: []

# A run that would do more than this is refused; "--allow deactivate=31" lets one run do more.
safety:
  max_deactivations: 10%
  min_employees: 80%

state: ./state/${answers.name}.db
`;
}

function endLines({ answers, set, proposed, settings }: NewConfig, section: 'source' | 'target'): string[] {
  const lines = [`  type: ${answers[section]}`];
  for (const { name, required, defaultText, example } of settings[section]) {
    const given = set[`${section}.${name}`];
    const found = proposed[section][name];
    if (given !== undefined) lines.push(`  ${name}: ${scalar(given)}`);
    else if (found !== undefined) lines.push(...valueLines(name, found, '  '));
    else if (required && example !== null) lines.push(...exampleLines(name, example));
    else if (required) lines.push(`  ${name}: ${referenceFor(answers[section], name)}`);
    else if (defaultText !== null && defaultText.length < 90) lines.push(`  # ${name}: ${defaultText}`);
  }
  return lines;
}

function valueLines(key: string, value: ProposedValue, indent: string): string[] {
  if (typeof value === 'string') return [`${indent}${key}: ${scalar(value)}`];
  if (isList(value)) return [`${indent}${key}: [${value.map(scalar).join(', ')}]`];
  const inner = Object.entries(value).flatMap(([name, one]) => valueLines(plainKey(name), one, `${indent}  `));
  return [`${indent}${key}:`, ...inner];
}

function isList(value: ProposedValue): value is readonly string[] {
  return Array.isArray(value);
}

function plainKey(name: string): string {
  return /^[a-z]\w*$/.test(name) ? name : JSON.stringify(name);
}

function exampleLines(name: string, example: NonNullable<AdapterSetting['example']>): string[] {
  if (typeof example === 'string') return [`  ${name}: ${scalar(example)}   # an example: write your own`];
  const pairs = Object.entries(example).map(([key, value]) => `    ${key}: ${scalar(value)}`);
  return [`  # An example: write your own on the right side.`, `  ${name}:`, ...pairs];
}

function filterLines(filter: readonly string[]): string[] {
  const example = '# - { field: legal_entity, in: [Acme GmbH] }';
  if (filter.length === 0) return ['  # filter:', `  #${example.slice(1)}`];
  return ['  filter:', ...filter.map((condition) => `    - ${condition}`), `    ${example}`];
}

function mappingLines(rules: readonly ProposedRule[], further: readonly SourceField[]): string[] {
  const plain = rules.filter(({ field }) => !field.startsWith(CUSTOM_FIELD_PREFIX));
  const custom = rules.filter(({ field }) => field.startsWith(CUSTOM_FIELD_PREFIX));
  return [
    ...plain.map(({ field, from }) => `  ${field}: ${from}`),
    ...(custom.length > 0 ? ['  custom_fields:'] : []),
    ...custom.map(({ field, from }) => `    ${JSON.stringify(field.slice(CUSTOM_FIELD_PREFIX.length))}: ${from}`),
    ...(further.length > 0 ? ['  # HR offers besides:'] : []),
    ...further
      .slice(0, FURTHER_SHOWN)
      .map(({ name, label, type }) => `  #   ${name}   ${comment(label ?? '')} (${type})`),
  ];
}

// Whatever HR calls a field, a comment must stay one.
function comment(label: string): string {
  return label.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 60);
}

function scalar(text: string): string {
  return /^(\$\{[^\n]+\}|[A-Za-z][\w./:@-]*|\d+(\.\d+)?|true|false)$/.test(text) && !text.endsWith(':')
    ? text
    : JSON.stringify(text);
}
