import { count } from '../../core/count.js';
import { clocksAgree } from '../../core/read.js';
import { IncompleteReadError, RequestError, UnknownPersonError } from '../../errors.js';
import type { SourcePage } from '../../sources/source.js';
import type { RunContext } from '../context.js';
import { readsOf } from '../run-kind.js';
import { boundedRead } from './bounded-read.js';
import { ReadIntake } from './intake/read-intake.js';
import { idOf } from './intake/repeats.js';
import { knownPeople } from './known-people.js';
import { pullSome } from './pull-some.js';
import type { Pulled } from './pulled.js';
import { chooseReading } from './reading.js';
import { bytesOf } from './same-bytes.js';

const READS = 3;

/** Reads whom the run is to read. Every way in which that can fail is an `IncompleteReadError`. */
export async function pull(context: RunContext): Promise<Pulled> {
  context.source.meet?.(knownPeople(context.store));
  const reading = await chooseReading(context);
  const pulled = await (reading.kind === 'some' ? pullSome(context, reading) : pullEverybody(context)).catch(
    (error: unknown) => {
      if (error instanceof RequestError)
        throw new IncompleteReadError(context.source.title, [error.message], { cause: error });
      throw error;
    },
  );
  // A read of everybody is judged as a whole; a partial read is judged by days as well.
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
    const intake: ReadIntake = new ReadIntake(context, repeated);
    const bounds = { system: context.source.title, distinct: () => intake.distinct };
    const people = new Set<string>();
    const facts = await intake.take(boundedRead(context.source.read(context.neededFields), bounds), (page) => {
      if (context.source.givesChangesOnly === true) for (const id of idsOn(page)) people.add(id);
    });
    await intake.settleRepeated();
    const bytes = await bytesOf(context, facts);
    if (context.source.givesChangesOnly === true && (await context.store.lastCompleteRun()) !== null) {
      if (intake.unfound !== undefined) throw new UnknownPersonError(intake.unfound, context.source.title);
      const sentence = `${count(people.size, 'person', 'people')} read from a file of changes`;
      const proof = { complete: false, checks: [{ held: true, sentence, repeatable: false }] };
      const read = { proof, notices: [...facts.notices, ...bytes.notices], people, deleted: [], changesOnly: true };
      return intake.result({ ...read, ...bytes.read, marks: { changesUntil: startedAt } });
    }
    const proof = await intake.judge(facts);
    if (proof.complete) {
      if (intake.unfound !== undefined) throw new UnknownPersonError(intake.unfound, context.source.title);
      const told = [...(readsOf(context.options.kind)?.deleted ?? [])];
      const came = await intake.hasCome(told);
      const deleted = told.filter((id) => !came.has(id));
      const filledFields = intake.filled.remembered(facts);
      const marks = { changesUntil: startedAt, everybodyAt: startedAt, filledFields };
      const notices = [
        ...facts.notices,
        ...bytes.notices,
        ...proof.checks.filter(({ isTold }) => isTold).map(({ sentence }) => sentence),
      ];
      return intake.result({
        proof,
        notices,
        people: null,
        deleted,
        marks,
        nameless: facts.nameless ?? [],
        ...bytes.read,
      });
    }
    const failed = proof.checks.filter((check) => !check.held);
    const findings = failed.map((check) => check.sentence);
    if (attempt >= READS || failed.every((check) => !check.repeatable)) {
      throw new IncompleteReadError(context.source.title, findings);
    }
    repeated = intake.repeatedPeople;
    context.reporter.note(`the read does not add up (${findings.join('; ')}); reading once more`);
    await context.spool.forgetItems();
  }
}

function idsOn({ records }: SourcePage): readonly string[] {
  return records.map(idOf).filter((id) => id !== null);
}
