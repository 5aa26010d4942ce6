import type { ReadFacts, Source, SourcePage, SourceRecord } from '../../sources/source.js';
import type { Spool } from '../../store/spool.js';

/** A record of a read, with the total that its page gave. */
export interface KeptRecord {
  readonly record: SourceRecord;
  readonly total: number | null;
}

/** Room for the records of a read, each under its number. */
export type RecordRoom = Pick<Spool<KeptRecord, never>, 'keep' | 'items' | 'forgetItems'>;

/**
 * A source that asks HR once: the last read of everybody is kept, and `replay` gives the same read again. Whoever must be
 * asked for by id is asked for anew.
 */
export class RecordedSource {
  #facts: ReadFacts | null = null;

  /** `fields`: the HR fields that every plan made from this read needs. */
  constructor(
    private readonly source: Source,
    private readonly fields: readonly string[],
    private readonly room: RecordRoom,
  ) {}

  /** The source of the first plan; a read that is made again replaces the one before. */
  recording(): Source {
    return this.#with(() => this.#record());
  }

  /** The source of every further plan. */
  replaying(): Source {
    return this.#with(() => (this.#facts === null ? this.#record() : this.#replay(this.#facts)));
  }

  // The methods stay those of the source: many keep what they need in private fields.
  #with(read: Source['read']): Source {
    const { source } = this;
    return new Proxy(source, {
      get(_, key) {
        if (key === 'read') return read;
        const value: unknown = Reflect.get(source, key, source);
        return typeof value === 'function' ? value.bind(source) : value;
      },
    });
  }

  async *#record(): AsyncGenerator<SourcePage, ReadFacts> {
    this.#facts = null;
    await this.room.forgetItems();
    const pages = this.source.read(this.fields);
    for (let number = 0; ; ) {
      const { value, done } = await pages.next();
      if (done) {
        this.#facts = value;
        return value;
      }
      const { records, total } = value;
      await this.room.keep(records.map((record) => ({ id: String(number++), item: { record, total } })));
      yield value;
    }
  }

  async *#replay(facts: ReadFacts): AsyncGenerator<SourcePage, ReadFacts> {
    for await (const kept of this.room.items())
      yield { records: kept.map(({ item }) => item.record), total: kept[0]?.item.total ?? null };
    return facts;
  }
}
