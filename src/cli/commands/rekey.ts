import { EXIT } from '../../exit.js';
import { rekeyDocument, renderRekey, sayTooFew } from '../../report/rekey-text.js';
import { recover } from '../../sync/apply/recover.js';
import { comparedBy } from '../../sync/rekey/compared-by.js';
import { planRekey, type RekeyPlan } from '../../sync/rekey/plan-rekey.js';
import { changesAnything, writeRekey } from '../../sync/rekey/write-rekey.js';
import { importOf } from '../../sync/run-kind.js';
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
      if (outcome === 'refused') opened.reporter.note(`refused: ${sayTooFew(plan)}`, { urgent: true, atOnce: true });
      // Who was asked has seen the pairs already.
      const shown = flags.yes || outcome !== 'done' ? `${text}\n` : '';
      world.print({ text: `${shown}${ENDS[outcome]}\n`, json: rekeyDocument(plan, facts) });
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

const ENDS: Readonly<Record<Outcome, string>> = {
  done: 'Done. The LMS was told nothing; "hrsync import-all --dry-run" shows what the next run does.',
  would: 'A dry run: nothing was written. Without --dry-run this would be written into the state.',
  nothing: 'Nothing to write: everybody keeps their employee id.',
  declined: 'Nothing was written.',
  refused: 'Refused: too few people have a pair, so nothing was written.',
};

function optionsFor(dryRun: boolean): SessionOptions {
  return {
    ...{ command: 'rekey', dryRun, anySource: true, kind: importOf([]), allow: {} },
    detailedExitCode: false,
  };
}
