import { clocksAgree } from '../core/read.js';
import { IncompleteReadError, RequestError, UnknownPersonError } from '../errors.js';
import { boundedRead } from './bounded-read.js';
import type { RunContext } from './context.js';
import { Gathering } from './gather.js';
import { pullSome } from './pull-some.js';
import type { Pulled } from './pulled.js';
import { chooseReading } from './reading.js';

const READS = 3;

/** Reads whom the run is to read. Every way in which that can fail is an `IncompleteReadError`. */
export async function pull(context: RunContext): Promise<Pulled> {
  const reading = await chooseReading(context);
  const pulled = await (reading.kind === 'some' ? pullSome(context, reading) : pullEverybody(context)).catch(
    (error: unknown) => {
      if (error instanceof RequestError)
        throw new IncompleteReadError(context.source.title, [error.message], { cause: error });
      throw error;
    },
  );
  // A read of everybody is judged as a whole; whoever else was read is judged by days as well.
  const clocks = clocksAgree(context.source.clockSkew?.() ?? null);
  if (clocks !== null) throw new IncompleteReadError(context.source.title, [clocks.sentence]);
  return { ...pulled, notices: [...reading.notices, ...pulled.notices] };
}

/**
 * Reads everybody. A read that contradicts itself is made again; one that still does is an `IncompleteReadError`.
 */
async function pullEverybody(context: RunContext): Promise<Pulled> {
  const startedAt = context.now().toISOString();
  let repeated: ReadonlySet<string> | null = null;
  for (let attempt = 1; ; attempt++) {
    const gathering: Gathering = new Gathering(context, repeated);
    const bounds = { system: context.source.title, distinct: () => gathering.distinct };
    const facts = await gathering.take(boundedRead(context.source.read(context.neededFields), bounds));
    await gathering.settleRepeated();
    const proof = await gathering.judge(facts);
    if (proof.complete) {
      if (gathering.unfound !== undefined) throw new UnknownPersonError(gathering.unfound, context.source.title);
      const told = [...(context.options.reads?.deleted ?? [])];
      const came = await gathering.hasCome(told);
      const deleted = told.filter((id) => !came.has(id));
      const filledFields = gathering.filled.remembered(facts);
      const marks = { changesUntil: startedAt, everybodyAt: startedAt, filledFields };
      const notices = [
        ...facts.notices,
        ...proof.checks.filter(({ isTold }) => isTold).map(({ sentence }) => sentence),
      ];
      return gathering.result({ proof, notices, people: null, deleted, marks });
    }
    const failed = proof.checks.filter((check) => !check.held);
    const findings = failed.map((check) => check.sentence);
    if (attempt >= READS || failed.every((check) => !check.repeatable)) {
      throw new IncompleteReadError(context.source.title, findings);
    }
    repeated = gathering.repeatedPeople;
    context.reporter.note(`the read does not add up (${findings.join('; ')}); reading once more`);
    await context.spool.forgetItems();
  }
}
