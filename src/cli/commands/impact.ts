import type { Config } from '../../config/config.js';
import { neededFields } from '../../config/needed-fields.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { impactDocument } from '../../report/impact-json.js';
import { refusedByNew, renderImpact } from '../../report/impact-text.js';
import { SHOWN } from '../../report/plan-text.js';
import { makeStyle } from '../../report/style.js';
import { openSpool } from '../../store/open.js';
import type { RunContext } from '../../sync/context.js';
import { comparePlans, isDifferent } from '../../sync/impact/compare-plans.js';
import { type KeptRecord, RecordedSource } from '../../sync/impact/recorded-source.js';
import { runImport } from '../../sync/run.js';
import { movedKeys, partsOf } from '../config-parts.js';
import { connect, withConfig } from '../connect.js';
import { digest } from '../connector.js';
import { type DryRunFlags, dryRunOptions } from '../dry-run.js';
import { onlyNotes } from '../only-notes.js';
import type { CommandBody, CommandWorld } from '../process.js';
import { withSession } from '../session.js';

type ImpactFlags = Pick<DryRunFlags, 'asOf' | 'detailedExitcode' | 'allow'>;

/**
 * Plans with the present config and with a new one, at one read of HR and against copies of one state, and shows what differs.
 * Both plans are dry runs: nothing is sent, and nothing is written.
 */
export function impact(file: string, flags: ImpactFlags): CommandBody {
  return async (world) => {
    const present = await world.loadConfig();
    const next = await world.loadConfigAt(file, 'NEW-CONFIG');
    holdToOneCompany(present, next, world);
    const [partsBefore, partsNow] = [partsOf(present), partsOf(next)];
    const changedKeys = movedKeys(partsBefore, partsNow);
    const readOnce = partsBefore['source'] === partsNow['source'];
    const options = { ...dryRunOptions({ only: [], ...flags }), command: 'impact', dryRun: true, rehearse: true };
    const room = openSpool<KeptRecord, never>();
    const planned = ({ reporter, ...context }: RunContext, source: RunContext['source']) =>
      runImport({ ...context, source, reporter: onlyNotes(reporter) });
    try {
      return await withSession(withConfig(world, present), options, async (before) => {
        const fields = new Set([...before.neededFields, ...(readOnce ? neededFields(next) : [])]);
        const source = new RecordedSource(before.source, [...fields], room);
        const one = await planned(before, source.recording());
        // Both plans start from what the LMS is known to hold now, wherever the new config keeps its state.
        const beside = withConfig(world, { ...next, state: present.state });
        return withSession(beside, options, async (after) => {
          const other = await planned(after, readOnce ? source.replaying() : after.source);
          const found = await comparePlans(one, other, digest);
          const differs = isDifferent(found) || one.safety.verdict !== other.safety.verdict;
          const exitCode = differs && flags.detailedExitcode ? EXIT.changesPending : EXIT.done;
          const files = { present: present.file, next: next.file };
          const reported = { ...found, present: one, next: other, files, changedKeys, readOnce, differs, exitCode };
          const { width, colour, flags: global } = world;
          const view = { width, style: makeStyle(colour), limit: global.verbose ? Infinity : SHOWN };
          let text = '';
          if (!global.json) for await (const piece of renderImpact(reported, view)) text += piece;
          const troubles = await refusedByNew(reported);
          world.print({ text, json: global.json ? impactDocument(reported) : null, troubles });
          return exitCode;
        });
      });
    } finally {
      await room.close();
    }
  };
}

/** Refuses two configs that are not of one company: their plans have nothing in common. */
function holdToOneCompany(present: Config, next: Config, world: CommandWorld): void {
  const [one, other] = [connect(present, world).identity, connect(next, world).identity];
  const differing = (['name', 'source', 'target'] as const).filter((part) => one[part] !== other[part]);
  if (differing.length === 0) return;
  const facts = differing.map((part) => `${part} is ${one[part]} in one and ${other[part]} in the other`).join('; ');
  throw new UsageError(`${present.file} and ${next.file} are not two configs of one company: ${facts}`, {
    next: 'impact compares two configs of one name, HR system and LMS. After a change of HR system see "hrsync rekey".',
  });
}
