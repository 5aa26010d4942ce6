import { UsageError } from '../../errors.js';
import { openPrompter } from '../ask/prompter.js';
import type { CommandWorld } from '../process.js';
import type { InitFlags } from './answers.js';
import type { Side } from './ends.js';
import { missingFlags } from './flags.js';
import { type Given, interview, type KeyedQuestion } from './interview.js';
import { type Ground, questionsFor, wantedNow } from './questions.js';
import { decisionQuestion, REFUSED, summaryLines } from './summary.js';

/** Key of the last question: what to do with the answers. */
const DECISION = 'decision';

/** Everything that is known in the end, and what a person wants done with it. */
export interface AskedFor {
  readonly given: Given;
  readonly decision: 'check' | 'write' | 'stop';
  /** Whether somebody was there to answer. */
  readonly isAnswered: boolean;
}

/**
 * Asks for all that flags leave open. The last question shows a summary, unless flags gave everything but credentials.
 *
 * @throws UsageError naming the missing flags, where nobody can be asked
 */
export async function askFor(
  world: CommandWorld,
  ground: Ground,
  given: Given,
  { check, out }: Pick<InitFlags, 'check' | 'out'>,
): Promise<AskedFor> {
  const missing = missingFlags(given);
  const isComplete = missing.length === 0 && given.has('out');
  const open = questionsFor(ground, given).filter(({ key }) => !given.has(key));
  const prompter = open.length === 0 || (isComplete && !check) ? null : openPrompter(world);
  if (prompter === null) {
    if (missing.length > 0) throw new UsageError(`nobody can be asked here, so ${missing.join(', ')} must be given`);
    const taken = given.has('out') ? null : ground.fileProblem(out);
    if (taken !== null) throw new UsageError(taken);
    return { given, decision: check ? 'check' : 'write', isAnswered: false };
  }
  try {
    if (!isComplete) prompter.say(INTRODUCTION);
    const questions = (now: Given): readonly KeyedQuestion[] => {
      if (isComplete) return questionsFor(ground, now);
      const canCheck = wantedNow(ground, now).every(({ side, name }) => now.get(`${side}.${name}`));
      const before = () => summaryLines(ground, now);
      return [...questionsFor(ground, now), { key: DECISION, ...decisionQuestion(canCheck), before }];
    };
    const answers = await interview(prompter, questions, given);
    const decision = answers.get(DECISION) ?? 'check';
    return { given: answers, decision: decision as AskedFor['decision'], isAnswered: true };
  } finally {
    prompter.close();
  }
}

/**
 * Asks what is to be done where systems refused their credentials. These may be typed again.
 *
 * @param refused the ends that did
 */
export async function askAgain(
  world: CommandWorld,
  ground: Ground,
  asked: AskedFor,
  refused: readonly Side[],
): Promise<AskedFor> {
  const prompter = openPrompter(world);
  if (prompter === null) return { ...asked, decision: 'stop' };
  try {
    const answer = (await prompter.ask(REFUSED)) ?? 'again';
    if (answer !== 'again') return { ...asked, decision: answer === 'write' ? 'write' : 'stop' };
    const wanted = wantedNow(ground, asked.given).filter(({ side }) => refused.includes(side));
    const typed = new Set(wanted.map(({ side, name }) => `${side}.${name}`));
    const left = new Map([...asked.given].filter(([key]) => !typed.has(key)));
    const given = await interview(prompter, (now) => questionsFor(ground, now), left, asked.given);
    return { ...asked, given, decision: 'check' };
  } finally {
    prompter.close();
  }
}

const INTRODUCTION = `A few questions; nothing is written before the last one.
Enter takes what stands in [ ], "<" goes back, Ctrl-C ends it.
"hrsync guide set-up" explains each step.
`;
