import { RejectedError } from '../kit/rejected.js';
import type { Learning360Client } from './client.js';
import { codeOf } from './errors.js';
import type { IdMapping } from './schema.js';

/** The employee ids that 360Learning keeps beside its users, under one platform's name. */
export interface ExternalIds {
  /** Every user's employee id, by user. */
  all(): Promise<ReadonlyMap<string, string>>;
  ofUser(userId: string): Promise<string | null>;
  /** The user who bears an employee id. */
  userOf(value: string): Promise<string | null>;
  /** Gives a user this employee id, whatever other one they had. */
  give(userId: string, value: string): Promise<void>;
}

type Calls = Pick<Learning360Client, 'externalIds' | 'createExternalId' | 'replaceExternalId'>;

export function createExternalIds(client: Calls): ExternalIds {
  async function first(
    filters: Readonly<Record<string, string>>,
    fits: (mapping: IdMapping) => boolean,
  ): Promise<IdMapping | null> {
    // Only what the rows themselves say counts: a filter that is not understood gives everybody.
    for await (const page of client.externalIds(filters)) {
      const found = page.find(fits);
      if (found !== undefined) return found;
    }
    return null;
  }

  const byUser = (userId: string) => first({ 'targetId[eq]': userId }, ({ targetId }) => targetId === userId);
  const byValue = (value: string) => first({ 'value[eq]': value }, (mapping) => mapping.value === value);

  async function mend(userId: string, value: string, refusal: RejectedError): Promise<void> {
    const own = await byUser(userId);
    if (own?.value === value) return;
    const holder = await byValue(value);
    if (holder !== null || own === null) {
      const detail = `${refusal.detail}: external id ${value} is given to account ${holder?.targetId ?? '?'}`;
      throw new RejectedError('external_id_taken', detail, { cause: refusal });
    }
    await client.replaceExternalId(own._id, userId, value);
  }

  return {
    async all() {
      const values = new Map<string, string>();
      for await (const page of client.externalIds()) {
        for (const { targetId, value } of page) values.set(targetId, value);
      }
      return values;
    },
    ofUser: async (userId) => (await byUser(userId))?.value ?? null,
    userOf: async (value) => (await byValue(value))?.targetId ?? null,
    async give(userId, value) {
      try {
        await client.createExternalId(userId, value);
      } catch (error) {
        // What is there already may be of an earlier attempt, of an earlier employee id, or of somebody else.
        if (!(error instanceof RejectedError) || !TAKEN.has(codeOf(error) ?? '')) throw error;
        await mend(userId, value, error);
      }
    },
  };
}

const TAKEN = new Set(['mappingAlreadyExists', 'valueAlreadyUsed', 'targetAlreadyMapped']);
