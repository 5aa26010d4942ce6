import { batchesOf } from '../../core/batches.js';
import { count } from '../../core/count.js';
import { emailKey } from '../../core/email.js';
import { UnknownPersonError } from '../../errors.js';
import type { ReadFacts, SourcePage } from '../../sources/source.js';
import type { RunContext } from '../context.js';
import { readsOf } from '../run-kind.js';
import { boundedRead } from './bounded-read.js';
import { ReadIntake } from './intake/read-intake.js';
import { byPerson, idOf } from './intake/repeats.js';
import type { Pulled } from './pulled.js';
import { isPartial, type ReadChoice } from './reading.js';

const READS = 3;

/**
 * Reads some people: those who changed, those of some ids, and those who hold an address that one of them wants, so that
 * nobody loses an address, or is taken over, without HR having been asked about them. Such a read proves nothing of
 * anybody who did not come.
 */
export async function pullSome(context: RunContext, reading: Extract<ReadChoice, { kind: 'some' }>): Promise<Pulled> {
  const pulling = new PartialPull(context);
  const startedAt = context.now().toISOString();
  const addsUp = reading.since === null || (await pulling.readChanged(reading.since));
  await pulling.readNamed(reading.ids);
  for (let related = await pulling.holders(); related.length > 0; related = await pulling.holders()) {
    await pulling.readNamed(related);
  }
  return pulling.result(reading.since !== null && addsUp ? { changesUntil: startedAt } : {});
}

class PartialPull {
  readonly #intake: ReadIntake;
  readonly #people = new Set<string>();
  readonly #asked = new Set<string>();
  readonly #absent = new Set<string>();
  readonly #notices = new Set<string>();

  constructor(private readonly context: RunContext) {
    this.#intake = new ReadIntake(context);
  }

  /** Reads the people who changed; false when the answers never added up, so some people may be missing. */
  async readChanged(since: Date): Promise<boolean> {
    const { source, neededFields, reporter } = this.context;
    for (let attempt = 1; source.readChanged !== undefined; attempt++) {
      const came = new Set<string | null>();
      // Whom HR lists twice on one page it counts twice.
      let twice = 0;
      const bounds = { system: source.title, distinct: () => came.size };
      const facts = await this.#take(boundedRead(source.readChanged(neededFields, since), bounds), (page) => {
        for (const record of page.records) came.add(idOf(record));
        twice += page.records.length - byPerson(page.records).length;
      });
      const total = facts.totalAtEnd ?? came.size;
      if (facts.totalAtStart === facts.totalAtEnd && (total === came.size || total === came.size + twice)) return true;
      if (attempt >= READS) break;
      reporter.note('the list of changed people does not add up; reading it once more');
    }
    this.#notices.add('the list of changed people did not add up: the next run reads these changes once more');
    return false;
  }

  /** Reads those of these people who have not come yet. */
  async readNamed(ids: readonly string[]): Promise<void> {
    const { source, neededFields } = this.context;
    const missing = ids.filter((id) => !this.#people.has(id) && !this.#asked.has(id));
    for (const id of missing) this.#asked.add(id);
    if (missing.length === 0 || !isPartial(source)) return;
    await this.#take(source.readByIds(neededFields, missing), (page) => {
      for (const id of page.absent) this.#absent.add(id);
    });
  }

  /**
   * Those who hold an address that somebody who came wants, or are known to want it too (they were skipped, or wait for
   * their first day), and who have not been asked about.
   */
  async holders(): Promise<readonly string[]> {
    const { store } = this.context;
    const holders = new Set<string>();
    const wanted = new Set([...this.#intake.candidates.values()].flatMap(({ emailKey }) => emailKey ?? []));
    for (const keys of batchesOf(wanted)) {
      for (const { employeeId, state } of await store.snapshotsByEmail(keys)) {
        if (state !== 'deleted') holders.add(employeeId);
      }
      for (const { employee } of await store.skipsOf({ ids: [], emailKeys: keys })) holders.add(employee.id);
    }
    if (wanted.size > 0) for (const id of await this.#waitingFor(wanted)) holders.add(id);
    return [...holders].filter((id) => !this.#people.has(id) && !this.#asked.has(id));
  }

  async #waitingFor(addresses: ReadonlySet<string>): Promise<readonly string[]> {
    const waiting: string[] = [];
    for await (const batch of this.context.store.listInvitations(['scheduled'])) {
      for (const { employee } of batch)
        if (employee.email !== null && addresses.has(emailKey(employee.email))) waiting.push(employee.id);
    }
    return waiting;
  }

  result(marks: Pulled['marks']): Pulled {
    const { source, options } = this.context;
    if (this.#intake.unfound !== undefined) throw new UnknownPersonError(this.#intake.unfound, source.title);
    const deleted = [...(readsOf(options.kind)?.deleted ?? [])].filter((id) => this.#absent.has(id));
    const sentence = `${count(this.#people.size, 'person', 'people')} read, because they changed, were told of, or are due`;
    const proof = { complete: false, checks: [{ held: true, sentence, repeatable: false }] };
    return this.#intake.result({ proof, notices: [...this.#notices], people: this.#people, deleted, marks });
  }

  async #take<Page extends SourcePage>(
    pages: AsyncGenerator<Page, ReadFacts>,
    look: (page: Page) => void,
  ): Promise<ReadFacts> {
    const facts = await this.#intake.take(pages, (page) => {
      look(page);
      for (const record of page.records) {
        const id = idOf(record);
        if (id !== null) this.#people.add(id);
      }
    });
    for (const notice of facts.notices) this.#notices.add(notice);
    return facts;
  }
}
