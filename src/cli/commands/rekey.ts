import { EXIT } from '../../exit.js';
import { rekeyDocument, renderRekey, sayTooFew } from '../../report/index.js';
import { recover } from '../../sync/apply/recover.js';
import { comparedBy } from '../../sync/rekey/compared-by.js';
import { planRekey, type RekeyPlan } from '../../sync/rekey/plan-rekey.js';
import { changesAnything, writeRekey } from '../../sync/rekey/write-rekey.js';
import { holdToCompany } from '../../sync/same-company.js';
import { confirmed } from '../confirm.js';
import { mappedFields } from '../connector.js';
import { onlyNotes } from '../only-notes.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { type SessionOptions, withSession } from '../session.js';

interface RekeyFlags {
  readonly by: string;
  readonly dryRun?: true | undefined;
  readonly yes?: true | undefined;
  readonly allow?: number | undefined;
}

/** Pairs everybody in HR with everybody whom the state remembers, and writes the new ids once a person agrees. */
export function rekey(flags: RekeyFlags): CommandBody {
  const { by, allow = 0, dryRun = false } = flags;
  return (world) =>
    withSession(world, optionsFor(dryRun), async (opened, config) => {
      const context = { ...opened, reporter: onlyNotes(opened.reporter) };
      const comparison = comparedBy(by.trim(), context.mapping, mappedFields(config));
      if (!dryRun) {
        await holdToCompany(context);
        // What is not known to have happened is asked for by the ids under which it was tried.
        await recover(context);
      }
      context.reporter.note(`reading ${context.source.title}`);
      const plan = await planRekey(context, { by: by.trim(), comparison, allowed: allow });
      const text = renderRekey(plan, { source: context.source.title, target: context.target.title }, world);
      const outcome = await decided(world, flags, plan, text);
      const run = outcome === 'done' ? await writeRekey(context, plan) : null;
      const facts = { connector: config.name, dry_run: dryRun, rekeyed: run !== null, run };
      const troubles = outcome === 'refused' ? [sayTooFew(plan)] : [];
      // Who was asked has seen the pairs already.
      const shown = flags.yes || outcome !== 'done' ? `${text}\n` : '';
      world.print({ text: `${shown}${ends(outcome, plan)}\n`, json: rekeyDocument(plan, facts), troubles });
      return outcome === 'refused' ? EXIT.refused : EXIT.done;
    });
}

type Outcome = 'done' | 'would' | 'declined' | 'nothing' | 'refused';

async function decided(world: CommandWorld, flags: RekeyFlags, plan: RekeyPlan, text: string): Promise<Outcome> {
  if (plan.isRefused) return 'refused';
  if (!changesAnything(plan)) return 'nothing';
  if (flags.dryRun) return 'would';
  return (await confirmed(world, flags.yes === true, text, 'Are these the same people?')) ? 'done' : 'declined';
}

function ends(outcome: Outcome, plan: RekeyPlan): string {
  switch (outcome) {
    case 'done':
      return 'Done. The LMS was told nothing; "hrsync import-all --dry-run" shows what the next run does.';
    case 'would':
      return 'A dry run: nothing was written. Without --dry-run this would be written into the state.';
    case 'nothing':
      return 'Nothing to write: everybody keeps their employee id.';
    case 'declined':
      return 'Nothing was written.';
    case 'refused':
      return `Refused: ${sayTooFew(plan)}.`;
  }
}

function optionsFor(dryRun: boolean): SessionOptions {
  return {
    ...{ command: 'rekey', dryRun, anySource: true, only: [], allow: {} },
    ...{ detailedExitCode: false, invitationsOnly: false, inviteNow: false },
  };
}
