import type { AdapterSetting } from '../../config/adapter-settings.js';
import { isSecretName } from '../../config/secrets.js';
import { isZone } from '../../core/day.js';
import { UsageError } from '../../errors.js';

/** What `init` is told on the command line. */
export interface InitFlags {
  readonly source?: string | undefined;
  readonly target?: string | undefined;
  readonly name?: string | undefined;
  readonly timezone?: string | undefined;
  readonly out: string;
  readonly set: Readonly<Record<string, string>>;
  readonly check?: true | undefined;
}

/** What a config is made from; both ends by their `type`. */
export interface Answers {
  readonly name: string;
  readonly timezone: string;
  readonly source: string;
  readonly target: string;
}

/** One question, and the flag that answers it. */
export interface Question {
  readonly flag: keyof Answers;
  readonly text: string;
  readonly choices: readonly string[] | null;
  readonly suggestion: string | null;
  /** What is wrong with an answer, or null. */
  readonly problem: (answer: string) => string | null;
}

/** Everything that only a person can tell. */
export function questionsFor(
  sources: readonly string[],
  targets: readonly string[],
  zone: string,
): readonly Question[] {
  const oneOf = (choices: readonly string[]) => (answer: string) =>
    choices.includes(answer) ? null : `must be one of ${choices.join(', ')}`;
  return [
    { flag: 'source', text: 'HR system', choices: sources, suggestion: null, problem: oneOf(sources) },
    { flag: 'target', text: 'Learning platform', choices: targets, suggestion: null, problem: oneOf(targets) },
    {
      flag: 'name',
      text: 'Name of the connector, for logs and the state file',
      choices: null,
      suggestion: null,
      problem: (answer) => (/^[A-Za-z0-9_-]{1,64}$/.test(answer) ? null : 'must be letters, digits, - and _ only'),
    },
    {
      flag: 'timezone',
      text: 'Time zone that decides what "today" is',
      choices: null,
      suggestion: zone,
      problem: (answer) => (isZone(answer) ? null : 'is not a time zone such as Europe/Berlin'),
    },
  ];
}

/** Takes the answers from flags and, where somebody can be asked, from them; names every missing flag at once. */
export async function answersFrom(
  flags: InitFlags,
  questions: readonly Question[],
  ask: ((question: Question) => Promise<string>) | null,
): Promise<Answers> {
  const missing = questions.filter(({ flag }) => flags[flag] === undefined).map(({ flag }) => `--${flag}`);
  if (missing.length > 0 && ask === null) {
    throw new UsageError(`nobody can be asked here, so ${missing.join(', ')} must be given`);
  }
  const answers: Record<keyof Answers, string> = { name: '', timezone: '', source: '', target: '' };
  for (const question of questions) {
    const given = flags[question.flag];
    const problem = given === undefined ? null : question.problem(given);
    if (problem !== null) throw new UsageError(`--${question.flag} ${given} ${problem}`);
    answers[question.flag] = given ?? (await ask?.(question)) ?? '';
  }
  return answers;
}

/** What stands for a required setting that nobody gave: an environment variable named after the system and the key. */
export function referenceFor(type: string, key: string): string {
  // No variable begins with a digit.
  const system = type.replace(/^(\d+)(.+)$/, '$2$1');
  return `\${${`${system}_${key}`.toUpperCase().replace(/[^A-Z0-9]/g, '_')}}`;
}

/** Holds `--set` to settings that there are, and keeps secrets in clear out of the file. */
export function checkSettings(set: InitFlags['set'], ends: Readonly<Record<string, readonly AdapterSetting[]>>): void {
  for (const [key, value] of Object.entries(set)) {
    const [section = '', name = ''] = key.split('.');
    const known = ends[section]?.map((setting) => setting.name);
    if (known === undefined || !known.includes(name)) {
      throw new UsageError(`--set ${key} is no setting of ${known === undefined ? 'source or target' : section}`);
    }
    if (isSecretName(name) && !/^\$\{.+\}$/s.test(value)) {
      throw new UsageError(
        `--set ${key} takes a reference such as ${referenceFor(section, name)}: no secret belongs into a command line or a file`,
      );
    }
  }
}
