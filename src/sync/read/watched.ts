import type { ReadFacts, Source, SourceRecord } from '../../sources/source.js';

/** What looks at a read on its way. */
interface Watcher {
  /** A read begins: there may be more than one. */
  begin?(): void;
  see(record: SourceRecord): void;
  /** What the read is to say of itself; as the source says it unless given. */
  facts?(facts: ReadFacts): ReadFacts;
}

/** A source that reads everybody, whatever else it can do, and has each record looked at on the way. */
export function watched(source: Source, { begin, see, facts = (given) => given }: Watcher): Source {
  return {
    type: source.type,
    title: source.title,
    identity: source.identity,
    fields: () => source.fields(),
    check: (fields) => source.check(fields),
    clockSkew: () => source.clockSkew?.() ?? null,
    async *read(fields) {
      begin?.();
      const pages = source.read(fields);
      let step = await pages.next();
      while (!step.done) {
        step.value.records.forEach(see);
        yield step.value;
        step = await pages.next();
      }
      return facts(step.value);
    },
  };
}
