import { UsageError } from '../errors.js';
import { openPrompter } from './ask/prompter.js';
import type { CommandWorld } from './process.js';

/**
 * Whether a person agrees: by a flag, or asked at the terminal after they were shown what it is about.
 *
 * @throws UsageError where there is neither a flag nor a terminal
 */
export async function confirmed(world: CommandWorld, yes: boolean, shown: string, question: string): Promise<boolean> {
  if (yes) return true;
  const prompter = openPrompter(world);
  if (prompter === null)
    throw new UsageError('nobody can be asked here: look at it with --dry-run, then repeat with --yes');
  try {
    world.host.stderr.write(shown);
    const problem = (answer: string) => (/^(y|yes|n|no)$/i.test(answer) ? null : 'answer yes or no');
    const answer = await prompter.ask({ text: `${question} (yes, no)`, suggestion: 'no', problem });
    return /^y/i.test(answer ?? 'no');
  } finally {
    prompter.close();
  }
}
