import * as z from 'zod';
import type { Account } from '../../../src/core/account.js';
import type { TypeTable } from '../../../src/core/field-type.js';
import { emptyFields } from '../../../src/core/value.js';
import { baseUrlSchema } from '../../../src/http/settings.js';
import type { AccountDraft, Target, TargetDefinition, TargetField } from '../../../src/targets/target.js';
import { openClient } from './client.js';

const settings = z.strictObject({ base_url: baseUrlSchema, key: z.string().min(1) });

/** A pupil as Classroom shows and takes one. */
export const pupilSchema = z.strictObject({
  ...{ id: z.string(), open: z.boolean() },
  ...{ external_id: z.string().nullable(), email: z.string(), first_name: z.string(), last_name: z.string() },
});
export type Pupil = z.output<typeof pupilSchema>;

const listSchema = z.strictObject({ pupils: z.array(pupilSchema) });

const FIELDS: readonly TargetField[] = ['first_name', 'last_name', 'email'].map((name) => ({
  ...{ name, required: true, choices: null },
  type: name === 'email' ? 'email' : 'text',
}));

const TEXT = ['text', 'email'] as const;
const TYPES: TypeTable = {
  ...{ text: TEXT, multiline: TEXT, link: TEXT, list: TEXT, tags: TEXT, date: TEXT },
  ...{ integer: TEXT, decimal: TEXT, boolean: TEXT, employee: TEXT, unknown: TEXT },
};

/** A made-up learning platform. */
export const classroom: TargetDefinition<z.output<typeof settings>> = {
  ...{ type: 'classroom', title: 'Classroom', fields: FIELDS, types: TYPES, settings },
  open(given, world): Target {
    const client = openClient('Classroom', given, world);
    const pupils = async () =>
      listSchema.parse((await client.request({ method: 'GET', path: '/pupils' })).body).pupils.map(accountOf);
    const write = async (path: string, pupil: object) => {
      const { body } = await client.request({ method: 'POST', path, json: pupil });
      return { accountId: pupilSchema.parse(body).id, refused: [] };
    };
    const written = ({ fields }: AccountDraft) => Object.fromEntries(Object.entries(fields));
    const get = async (id: string) => (await pupils()).find((one) => one.id === id) ?? null;
    return {
      ...{ type: 'classroom', title: 'Classroom', identity: `classroom ${given.base_url}`, concurrency: 1, get },
      capabilities: { inviteByHand: false, externalId: true, listShowsAll: true },
      usedUp: () => null,
      withheld: () => null,
      fields: async () => FIELDS,
      find: async (keys) =>
        (await pupils()).filter((one) =>
          keys.some(({ externalId, email }) => one.externalId === externalId || one.email === email),
        ),
      async *list() {
        yield await pupils();
      },
      inspect: async (ids) =>
        new Map((await pupils()).filter(({ id }) => ids.includes(id)).map((one) => [one.id, one])),
      missingReferences: async () => [],
      create: (draft) => write('/pupils', { ...written(draft), open: true }),
      update: (id, draft) => write(`/pupils/${id}`, written(draft)),
      deactivate: async (id) => void (await write(`/pupils/${id}`, { open: false })),
      reactivate: (id, draft) => write(`/pupils/${id}`, { ...written(draft), open: true }),
      delete: async (id) => void (await write(`/pupils/${id}`, { open: false })),
      invite: async () => undefined,
      check: async () => [],
    };
  },
};

function accountOf({ id, open, external_id, email, first_name, last_name }: Pupil): Account {
  return {
    ...{ id, externalId: external_id, email, name: `${first_name} ${last_name}` },
    state: open ? 'active' : 'deactivated',
    fields: Object.assign(emptyFields(), { external_id, email, first_name, last_name }),
    rights: { privileged: false, role: null },
    names: [first_name, last_name],
  };
}
