import * as z from 'zod';

// Replies may carry far fewer keys than documented: what cannot be read counts as unsaid.
const text = z.string().nullish().catch(undefined);

/** A custom field: https://docs.learnupon.com/api/ (Custom User Data). */
const definitionSchema = z.object({
  id: z.int(),
  type_id: z.int().optional().catch(undefined),
  label: z.string(),
  predefined_values: z
    .union([z.string(), z.array(z.union([z.string(), z.number()]))])
    .nullish()
    .catch(undefined),
});

/** A user of a list, a search or a single read. */
const userSchema = z.object({
  id: z.int(),
  first_name: text,
  last_name: text,
  email: text,
  username: text,
  locale: text,
  timezone_id: text,
  account_expires: text,
  user_type: text,
  enabled: z.boolean().optional().catch(undefined),
  CustomData: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  customDataFieldValues: z
    .array(z.object({ definition_id: z.int(), value: z.unknown() }))
    .nullish()
    .catch(undefined),
});

const groupSchema = z.object({ id: z.int(), title: text });
const inviteSchema = z.object({ id: z.int(), invite_email_address: text, invite_status: text });

export type Definition = z.infer<typeof definitionSchema>;
export type User = z.infer<typeof userSchema>;
export type Group = z.infer<typeof groupSchema>;
export type GroupInvite = z.infer<typeof inviteSchema>;

// The arrays are found by their key: definitions may stand before them in the same body.
export const usersSchema = z.object({ user: z.array(userSchema) }).transform(({ user }) => user);
export const groupsSchema = z.object({ groups: z.array(groupSchema) }).transform(({ groups }) => groups);
export const membershipsSchema = z.object({ group: z.array(groupSchema) }).transform(({ group }) => group);
export const groupInvitesSchema = z
  .object({ group_invite: z.array(inviteSchema) })
  .transform(({ group_invite }) => group_invite);
export const madeSchema = z.object({ id: z.int() });
export const portalInviteSchema = z
  .object({ portal_invite: z.object({ id: z.int() }) })
  .transform(({ portal_invite }) => portal_invite);

/** Definitions under either spelling of their key; live replies lack an i. */
export const definitionsSchema = z
  .object({
    customDataFieldDefinitions: z.array(definitionSchema).optional(),
    customDataFieldDefintions: z.array(definitionSchema).optional(),
  })
  .transform((body, context) => {
    const definitions = body.customDataFieldDefinitions ?? body.customDataFieldDefintions;
    if (definitions !== undefined) return definitions;
    context.addIssue({ code: 'custom', message: 'no definitions' });
    return z.NEVER;
  });

/** An error, in either of the two shapes that are seen. */
export const errorSchema = z
  .object({ message: z.string().optional(), error: z.string().optional() })
  .transform(({ message, error }) => message ?? error);
