import type { Prompter, Question } from '../ask/prompter.js';

/** A question by the key under which its answer is kept. */
export interface KeyedQuestion extends Question {
  readonly key: string;
  /** What is shown before the question, as lines. */
  readonly before?: () => readonly string[];
  /** What the answer leads to, as lines to show. */
  readonly after?: (answer: string) => Promise<readonly string[]>;
}

/** Every answer by the key of its question, in the order in which they were given. */
export type Given = ReadonlyMap<string, string>;

/**
 * Asks every question that is not answered yet. Each answer may open or close further ones. A person who goes back answers the last
 * question again, with what was said before as the suggestion.
 *
 * @param suggestions what was answered earlier and may be wrong
 * @param questionsFor all questions as far as they are known by now, those that have an answer included
 */
export async function interview(
  prompter: Prompter,
  questionsFor: (given: Given) => readonly KeyedQuestion[],
  begun: Given,
  suggestions: Given = new Map(),
): Promise<Given> {
  const given = new Map(begun);
  const asked: string[] = [];
  const before = new Map(suggestions);
  for (;;) {
    const question = questionsFor(given).find(({ key }) => !given.has(key));
    if (question === undefined) return given;
    const { key, hidden, suggestion } = question;
    for (const line of question.before?.() ?? []) prompter.say(line);
    const answer = await prompter.ask({
      ...question,
      suggestion: (hidden ? null : before.get(key)) || suggestion || null,
    });
    if (answer !== null) {
      given.set(key, answer);
      asked.push(key);
      for (const line of (await question.after?.(answer)) ?? []) prompter.say(`  ${line}`);
      continue;
    }
    const last = asked.pop();
    if (last === undefined)
      prompter.say('  there is no question before this one; Ctrl-C ends without writing anything');
    else {
      before.set(last, given.get(last) ?? '');
      given.delete(last);
    }
  }
}
