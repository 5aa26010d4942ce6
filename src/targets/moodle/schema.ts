import * as z from 'zod';

// What a role may not see is left out, and so is what is empty.
const text = z.string().nullish().catch(undefined);
const flag = z
  .union([z.boolean(), z.number()])
  .transform((value) => value === true || value === 1)
  .optional()
  .catch(undefined);

/** An id as text: Moodle numbers its rows. */
const id = z.union([z.int(), z.string()]).transform(String);

/** An exception under status 200: https://moodledev.io/docs/apis/subsystems/external */
export const exceptionSchema = z.object({ exception: z.string(), errorcode: text, message: text, debuginfo: text });

/** A custom profile field of a user; `type` is its kind. */
const customSchema = z.object({ type: z.string(), value: text, shortname: z.string() });

const userSchema = z.object({
  id,
  username: text,
  firstname: text,
  lastname: text,
  email: text,
  idnumber: text,
  auth: text,
  suspended: flag,
  lang: text,
  timezone: text,
  city: text,
  country: text,
  department: text,
  institution: text,
  phone1: text,
  customfields: z.array(customSchema).nullish().catch(undefined),
});

const warningSchema = z.object({
  itemid: id.optional().catch(undefined),
  warningcode: z.union([z.string(), z.number()]).transform(String),
  message: text,
});

export const siteSchema = z.object({
  siteurl: z.string(),
  userid: id,
  release: text,
  userissiteadmin: flag,
  functions: z.array(z.object({ name: z.string() })),
});
export const usersSchema = z.array(userSchema);
export const foundSchema = z.object({ users: usersSchema });
export const createdSchema = z.array(z.object({ id, username: z.string() }));
export const warningsSchema = z.object({ warnings: z.array(warningSchema).default([]) });
export const cohortsSchema = z.array(z.object({ id, idnumber: text }));
export const cohortMembersSchema = z.array(z.object({ cohortid: id, userids: z.array(id) }));
export const resetSchema = z.object({ status: z.string() });

export type User = z.infer<typeof userSchema>;
export type HeldCustom = z.infer<typeof customSchema>;
export type Warning = z.infer<typeof warningSchema>;
export type SiteInfo = z.infer<typeof siteSchema>;
export type Cohort = z.infer<typeof cohortsSchema>[number];
