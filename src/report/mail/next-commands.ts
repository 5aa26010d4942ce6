import { EXIT } from '../../exit.js';
import { quoted } from '../outcome-text.js';
import type { EndedRun } from './ended-run.js';
import type { RunFacts } from './run-facts.js';

/** One thing to do next: why, and the command as it is typed. */
export interface NextCommand {
  readonly why: string;
  readonly command: string;
}

/** What an operator types after a run, the most useful first. */
export function nextCommands(
  run: Pick<EndedRun, 'command' | 'config' | 'exitCode' | 'facts' | 'overdue'>,
): readonly NextCommand[] {
  const { config, exitCode, facts, overdue } = run;
  const flag = config === undefined ? '' : ` -c ${quoted(config)}`;
  const again = facts?.reverts == null ? 'import-all' : `revert ${facts.reverts}`;
  const allowed = flagsOf(facts?.refusals ?? []);
  const list: NextCommand[] = [];
  if (allowed.length > 0) {
    list.push({
      why: 'When HR has confirmed that all of this is right, let it pass once with',
      command: `hrsync ${again} ${allowed.join(' ')}${flag}`,
    });
  }
  if (CHECKED.includes(exitCode)) list.push({ why: 'See what is wrong with', command: `hrsync check${flag}` });
  if (overdue.length > 0 || exitCode === EXIT.partial)
    list.push({ why: 'See who is concerned, and why, with', command: `hrsync status${flag}` });
  if (facts !== null) list.push({ why: 'See what the run did with', command: `hrsync runs ${facts.run}${flag}` });
  if (facts === null && list.length === 0)
    list.push({ why: 'See the latest runs with', command: `hrsync runs${flag}` });
  return list;
}

const CHECKED: readonly number[] = [EXIT.usage, EXIT.incompleteRead, EXIT.credentials];

// A kind may be refused for several units or fields at once, and its flag counts once: the highest number lets all pass.
function flagsOf(refusals: RunFacts['refusals']): readonly string[] {
  const most = new Map<string, number>();
  for (const { limit } of refusals) most.set(limit.kind, Math.max(most.get(limit.kind) ?? 0, limit.planned));
  return [...most].map(([kind, planned]) => `--allow ${kind}=${planned}`);
}
