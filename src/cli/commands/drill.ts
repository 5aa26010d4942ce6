import { readFile } from 'node:fs/promises';
import type { Config } from '../../config/config.js';
import type { Limit } from '../../core/limit.js';
import { InterruptedError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { type DrillReport, drillDocument, renderDrill } from '../../report/drill-text.js';
import { DRILL_FAULTS } from '../drill/faults.js';
import { fitToStandIns } from '../drill/fit.js';
import { type Played, playFault } from '../drill/play.js';
import { DrillStage } from '../drill/stage.js';
import type { CommandBody, CommandWorld } from '../process.js';

interface DrillFlags {
  readonly people?: number | undefined;
  readonly only: readonly string[];
}

const LEAST = 60;
const MOST = 1_000;
/** What a first import may do, whatever its size. */
const ANY_NUMBER = { create: MOST, invite: MOST, adopt: MOST, left_out: MOST, email: MOST };

/** Plays every fault on the stand-ins with the customer's own config, and shows what would have happened. */
export function drill(flags: DrillFlags): CommandBody {
  return async (world) => {
    const unknown = flags.only.filter((id) => !DRILL_FAULTS.some((fault) => fault.id === id));
    const ids = DRILL_FAULTS.map(({ id }) => id).join(', ');
    if (unknown.length > 0) throw new UsageError(`there is no fault ${unknown.join(', ')}; faults are ${ids}`);
    const config = await world.loadConfig();
    const people = flags.people ?? sizeFor(config);
    const stage = await DrillStage.open(world, config, await readFile(config.file, 'utf8'), people);
    try {
      const report = await rehearse(world, stage, config, flags.only);
      const troubles = report.faults
        .filter(({ verdict }) => verdict === 'not_as_promised')
        .map(({ id, why }) => `${id} did not behave as promised: ${why.join('; ')}`);
      world.print({ text: renderDrill(report, world), json: drillDocument(report), troubles });
      return report.exitCode;
    } finally {
      await stage.close();
    }
  };
}

async function rehearse(
  world: CommandWorld,
  stage: DrillStage,
  config: Config,
  only: readonly string[],
): Promise<DrillReport> {
  const note = (sentence: string) => world.reporter.note(sentence, { atOnce: true });
  const people = stage.sandbox.company.people.length;
  note(`trying the config on a made-up company of ${people} people`);
  const adapted = await fitToStandIns(stage, world.now);
  await stage.write();
  const first = await stage.run(ANY_NUMBER);
  const usual = await stage.run();
  const couldStart = first.exitCode !== null && (first.exitCode === EXIT.done || usual.exitCode === EXIT.done);
  const chosen = DRILL_FAULTS.filter(({ id }) => only.length === 0 || only.includes(id)).map((fault) =>
    stage.hr === null && fault.fileTitle !== undefined ? { ...fault, title: fault.fileTitle } : fault,
  );
  const played = new Map<string, Played>();
  if (couldStart && usual.exitCode !== null) {
    // A process of its own has the real clock, so it comes before any night passes.
    for (const fault of chosen.toSorted((one, other) => Number(other.kills ?? false) - Number(one.kills ?? false))) {
      if (world.signal.aborted) throw new InterruptedError();
      note(`drill: ${fault.title}`);
      played.set(fault.id, await playFault(stage, fault, usual.exitCode));
    }
  }
  const faults = chosen.flatMap(({ id }) => played.get(id) ?? []).map(reported);
  const failed = !couldStart || faults.some(({ verdict }) => verdict === 'not_as_promised');
  return {
    connector: config.name,
    source: config.source.definition.title,
    target: config.target.definition.title,
    people,
    adapted: [...adapted, ...stage.customFields.map((name) => `the stand-in was given the custom field ${name}`)],
    firstImport: { exitCode: first.exitCode, error: first.error, accounts: first.made.length },
    faults,
    exitCode: failed ? EXIT.unexpected : EXIT.done,
  };
}

function reported({ fault, run, healed, verdict, why }: Played): DrillReport['faults'][number] {
  return {
    ...{ id: fault.id, title: fault.title, expected: fault.expected, exitCode: run?.exitCode ?? null },
    ...{ killed: fault.kills === true && run !== null, sent: run?.sent ?? 0, endings: run?.endings ?? 0 },
    ...{ healed, verdict, why },
  };
}

// Large enough for shares to be judged, and for limits in numbers to be passed.
function sizeFor({ safety }: Config): number {
  const limits: readonly (Limit | undefined)[] = [safety.limits.deactivate, safety.limits.delete, safety.emailChanges];
  const counts = limits.map((limit) => (limit !== undefined && 'count' in limit ? limit.count : 0));
  const size = Math.ceil(Math.max(LEAST, safety.minPopulation * 1.5, ...counts.map((number) => number * 1.5)));
  return Math.min(MOST, size);
}
