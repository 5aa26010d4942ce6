import { inParallel } from '../../../core/in-parallel.js';
import { CredentialsError, PermissionError } from '../../../errors.js';
import { StatusError } from '../../../http/errors.js';
import type { PersonioClient } from '../client.js';
import { readPages } from '../read.js';
import type { PersonsClient } from './client.js';
import { idOf } from './record.js';

/** Whose employments changed, as far as Personio tells. */
export interface Changed {
  readonly ids: ReadonlySet<string>;
  /** How many more than came the list says it holds, at its beginning and at its end; both 0 where all is well. */
  readonly missingAtStart: number;
  readonly missingAtEnd: number;
  readonly notices: readonly string[];
}

/** What is asked, and how. */
export interface Asking {
  readonly v1: Pick<PersonioClient, 'employees'>;
  readonly v2: PersonsClient;
  /** Whom to ask. v1 has one list of all changes; v2 has to be asked for the employments of one person after another. */
  readonly by: 'v1' | 'v2';
  readonly concurrency: number;
}

/**
 * Asks whose employments were updated after an instant. v2 has no list of employments, and that a promotion moves a
 * person's own `updated_at` is documented nowhere; both versions take the same credentials and know people by the same ids,
 * so v1 is asked where it answers. https://developer.personio.de/reference/get_v2-persons-person-id-employments
 */
export async function whoseEmploymentsChanged(asking: Asking, after: Date): Promise<Changed> {
  if (asking.by === 'v2') return byV2(asking, after);
  try {
    return await byV1(asking.v1, after);
  } catch (error) {
    if (!isClosed(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const notice = `Personio's v1 does not list changes for these credentials (${reason}): the employments of everybody were asked for, one request each; "source.changes_by: v2" says to do so at once`;
    const changed = await byV2(asking, after);
    return { ...changed, notices: [notice] };
  }
}

async function byV1(client: Pick<PersonioClient, 'employees'>, after: Date): Promise<Changed> {
  const ids = new Set<string>();
  const pages = readPages(client, [], after.toISOString().slice(0, 19));
  let step = await pages.next();
  for (; !step.done; step = await pages.next()) {
    for (const record of step.value.records) if ('employee' in record) ids.add(record.employee.id);
  }
  const { totalAtStart, totalAtEnd } = step.value;
  const missing = (total: number | null) => (total ?? ids.size) - ids.size;
  return { ids, missingAtStart: missing(totalAtStart), missingAtEnd: missing(totalAtEnd), notices: [] };
}

async function byV2({ v2, concurrency }: Asking, after: Date): Promise<Changed> {
  const ids = new Set<string>();
  for await (const page of v2.persons()) {
    await inParallel(page, concurrency, async (person) => {
      const id = idOf(person);
      if (id === null || ids.has(id)) return;
      // Somebody without an answer is looked at like somebody who changed, and there it is judged.
      const isSame = await v2.employments(id, instant(after)).then(
        (employments) => employments.length === 0,
        (error: unknown) => {
          if (error instanceof StatusError && error.status === 404) return false;
          throw error;
        },
      );
      if (!isSame) ids.add(id);
    });
  }
  return { ids, missingAtStart: 0, missingAtEnd: 0, notices: [] };
}

/** An instant as the filters of v2 take it. */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

// Credentials made for v2 alone, or a version that has come to its end.
function isClosed(error: unknown): boolean {
  if (error instanceof StatusError) return error.status === 404 || error.status === 410;
  return error instanceof PermissionError || error instanceof CredentialsError;
}
