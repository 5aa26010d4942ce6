import * as z from 'zod';

// Only three keys of a user always stand; unset ones are left out. What cannot be read counts as not there.
const text = z.string().nullish().catch(undefined);

/** A user: https://360learning.readme.io/docs/ (v2 reference). Early samples have `deleted` instead of `status`. */
export const userSchema = z.object({
  _id: z.string().min(1),
  status: text,
  deleted: z.boolean().optional().catch(undefined),
  lang: text,
  mail: text,
  username: text,
  firstName: text,
  lastName: text,
  job: text,
  organization: text,
  phone: text,
  custom: text,
  toBeDeactivatedAt: text,
  /** When the user was brought back from a deletion. */
  reactivatedAt: z.array(z.string()).optional().catch(undefined),
});
export type User = z.infer<typeof userSchema>;

export const groupSchema = z.object({ _id: z.string(), name: text, parentId: text });
export type Group = z.infer<typeof groupSchema>;

/** A membership as `/users/{id}/roles` lists it. */
export const roleSchema = z.object({ groupId: z.string(), role: z.string() });

/** A custom field of users. */
export const customFieldSchema = z.object({ _id: z.string(), name: z.string(), type: z.string() });
export type CustomField = z.infer<typeof customFieldSchema>;

/** A user's value in a custom field, as it is read. */
export const customValueSchema = z.object({ customFieldId: z.string(), type: text, value: z.string().nullable() });
export type HeldCustomValue = z.infer<typeof customValueSchema>;

/** The same as it is written: all three keys are required (v2 reference, schema `CustomFieldValueDTO`). */
export interface CustomValue {
  readonly customFieldId: string;
  readonly type: 'string' | 'date';
  readonly value: string;
}

/** Authorised values come as texts, or as objects that hold one. */
export const authorisedSchema = z.union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)]);

/** The link between an id of another system and a user. */
export const mappingSchema = z.object({ _id: z.string(), platform: text, targetId: z.string(), value: z.string() });
export type IdMapping = z.infer<typeof mappingSchema>;

export const operationSchema = z.object({ status: z.string(), errorMessage: text });

/** What became of one membership of a bulk operation. */
export const resultSchema = z.object({
  input: z.object({ userId: z.string(), groupId: z.string() }),
  status: z.string(),
  errorMessage: text,
});

/** The reply of the token endpoint; the schema says that `expires_in` is a number, the guides show it as a text. */
export const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/** An error: an object with a code for what concerns one call, a bare text for authentication and rates. */
export const errorSchema = z.object({
  error: z.union([
    z.string().transform((code) => ({ code, message: undefined })),
    z.object({ code: z.string(), message: text }),
  ]),
});
